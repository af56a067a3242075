using System.Runtime.InteropServices;

namespace JobServer.Simulation.Tests.Specification.Attempts;

/// <summary>One agent and the frames on their way to it. Its journal and its results survive a crash; its process may not.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AgentState
{
    /// <summary>Assignments that may arrive, once more, or never.</summary>
    public Fences Sent { get; init; }

    public Fences Journal { get; init; }

    /// <summary>The fence of the process that runs; 0 for none.</summary>
    public byte Runs { get; init; }

    /// <summary>Results in the journal.</summary>
    public Fences Results { get; init; }

    public bool Knows(int fence) => Journal.Has(fence) || Results.Has(fence) || Runs == fence;
}
