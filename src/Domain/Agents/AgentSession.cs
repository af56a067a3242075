namespace JobServer.Domain.Agents;

/// <summary>One connection of an agent. Leases are held per session, so renewing costs one row however many jobs run.</summary>
public sealed class AgentSession
{
    public required string AgentId { get; init; }

    public Agent Agent { get; init; } = null!;

    public required long Epoch { get; init; }

    public required string InstanceId { get; init; }

    public required string CoordinatorId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the leases of this session lapse unless renewed.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndReason { get; set; }
}
