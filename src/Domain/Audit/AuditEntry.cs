namespace JobServer.Domain.Audit;

/// <summary>A person's act. Each row holds a keyed hash over itself and the row before, so a removed or changed row shows.</summary>
public sealed class AuditEntry
{
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null for the service itself.</summary>
    public int? ActorId { get; init; }

    public required AuditAct Act { get; init; }

    /// <summary>Such as <c>workspace:12</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>JSON; never a secret.</summary>
    public required string Details { get; init; }

    public required string PreviousHash { get; init; }

    public required string Hash { get; init; }
}
