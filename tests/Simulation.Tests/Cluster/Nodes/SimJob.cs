namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>A sandbox on a machine. Instants are in ticks of virtual time.</summary>
internal sealed class SimJob
{
    public required long BeginsAt { get; set; }

    public required long EndsAt { get; set; }

    public required int Code { get; set; }

    /// <summary>Whether it ends when asked to; else only by force.</summary>
    public required bool IsPolite { get; init; }

    public required SimSpool? Spool { get; init; }

    public bool HasEnded { get; set; }

    public bool IsGivenUp { get; set; }

    /// <summary>The machine went down while it ran.</summary>
    public bool IsLost { get; set; }
}
