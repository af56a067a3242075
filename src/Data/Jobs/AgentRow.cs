namespace JobServer.Data.Jobs;

/// <summary>The name of an agent as a statement takes it.</summary>
public sealed record AgentRow
{
    public required string Id { get; init; }
}
