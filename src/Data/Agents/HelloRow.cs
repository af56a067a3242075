namespace JobServer.Data.Agents;

/// <summary>What a Hello makes of an agent's row, as a statement takes it.</summary>
public sealed record HelloRow
{
    public required string Id { get; init; }

    /// <summary>As it was read, which is the guard.</summary>
    public required long OldEpoch { get; init; }

    public required string Journal { get; init; }

    public required string Instance { get; init; }

    public required string Name { get; init; }

    public required string Build { get; init; }

    public required string System { get; init; }

    public required int Standard { get; init; }

    public required int Database { get; init; }

    public required DateTimeOffset At { get; init; }

    internal static HelloRow Of(AgentHello hello, long oldEpoch, DateTimeOffset now) => new()
    {
        Id = hello.AgentId,
        OldEpoch = oldEpoch,
        Journal = hello.JournalId,
        Instance = hello.InstanceId,
        Name = hello.DisplayName,
        Build = hello.Build,
        System = hello.OperatingSystem,
        Standard = hello.StandardSlots,
        Database = hello.DatabaseSlots,
        At = now,
    };
}
