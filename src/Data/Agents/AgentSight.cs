using JobServer.Domain.Agents;

namespace JobServer.Data.Agents;

/// <summary>An agent as an operator sees it.</summary>
public sealed record AgentSight
{
    public required string Id { get; init; }

    public required string Backend { get; init; }

    public required string DisplayName { get; init; }

    public required AgentMode Mode { get; init; }

    public required DateTimeOffset? DrainDeadline { get; init; }

    public required int? AttemptsLeft { get; init; }

    /// <summary>Open jobs that rest on it.</summary>
    public required int Held { get; init; }

    public required DateTimeOffset? LastSeenAt { get; init; }
}
