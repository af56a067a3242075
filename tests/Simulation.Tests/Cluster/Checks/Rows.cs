namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>What the database held after one commit.</summary>
internal sealed record Rows
{
    public static Rows Empty { get; } = new()
    {
        Jobs = new Dictionary<string, JobView>(StringComparer.Ordinal),
        Agents = new Dictionary<string, AgentView>(StringComparer.Ordinal),
        Sessions = [],
        NewEvents = [],
        Logs = new Dictionary<(string, long), LogView>(),
        Gaps = [],
    };

    public required IReadOnlyDictionary<string, JobView> Jobs { get; init; }

    public required IReadOnlyDictionary<string, AgentView> Agents { get; init; }

    public required IReadOnlyList<SessionView> Sessions { get; init; }

    public required IReadOnlyDictionary<(string JobId, long Fence), LogView> Logs { get; init; }

    public required IReadOnlyList<GapView> Gaps { get; init; }

    /// <summary>Those that this commit added.</summary>
    public required IReadOnlyList<EventView> NewEvents { get; init; }
}
