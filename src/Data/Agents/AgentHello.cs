namespace JobServer.Data.Agents;

/// <summary>What an agent says of itself when it connects, validated.</summary>
public sealed record AgentHello
{
    public required string AgentId { get; init; }

    public required int BackendId { get; init; }

    public required string InstanceId { get; init; }

    public required string JournalId { get; init; }

    public required string DisplayName { get; init; }

    public required string Build { get; init; }

    public required string OperatingSystem { get; init; }

    public required int StandardSlots { get; init; }

    public required int DatabaseSlots { get; init; }
}
