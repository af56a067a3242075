using JobServer.Simulation.Tests.Specification.Attempts;
using JobServer.Simulation.Tests.Specification.Store;

namespace JobServer.Simulation.Tests.Specification.Reports;

/// <summary>Reports of agent 1 on its attempt under fence 1. Its session is always the newest (epoch 2) or an older one (epoch 1).</summary>
internal readonly record struct ReportState
{
    public Rows Rows { get; init; }

    /// <summary>Reports in the journal; the third is the result.</summary>
    public byte Made { get; init; }

    /// <summary>The report that the agent sends next.</summary>
    public byte Next { get; init; }

    /// <summary>Acknowledged as far as the agent knows: it may forget them.</summary>
    public byte Known { get; init; }

    /// <summary>Reports on their way in the newest session.</summary>
    public Fences Newest { get; init; }

    /// <summary>The last report sent in an older session: it and those before it may still arrive, any of them, at any time.</summary>
    public byte Older { get; init; }

    /// <summary>The report for which another coordinator has read the row and not written it yet.</summary>
    public byte Draft { get; init; }

    public bool IsDraftOfOlder { get; init; }

    /// <summary>A report that the agent made anew under a number it had sent; only with a bug.</summary>
    public bool IsAnotherUnderOneNumber { get; init; }
}
