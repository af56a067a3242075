using JobServer.Contracts.V1;

namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>What was seen outside the database: frames on the lines, starts on the machines.</summary>
internal sealed class Witness
{
    /// <summary>Every report put on a line, with the session that carried it.</summary>
    public HashSet<(string AgentId, long Epoch, string JobId, long Fence, long Sequence)> Said { get; } = [];

    public Dictionary<(string AgentId, string JobId, long Fence, long Sequence), StatusKind> Kinds { get; } = [];

    /// <summary>The highest sequence in the database for each attempt.</summary>
    public Dictionary<(string JobId, long Fence), long> Applied { get; } = [];

    /// <summary>To whom each attempt was leased.</summary>
    public Dictionary<(string JobId, long Fence), string> Leases { get; } = [];

    /// <summary>Attempts that ended by a report of their agent, with the agent.</summary>
    public Dictionary<(string JobId, long Fence), string> EndedByReport { get; } = [];

    public Dictionary<(string JobId, long Fence), int> Starts { get; } = [];
}
