using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>A change of a job that the state machine allowed.</summary>
internal sealed record JobMove
{
    public required JobPhase To { get; init; }

    public required JobStatusCode Code { get; init; }

    /// <summary>Null takes the code's own sentence.</summary>
    public string? Message { get; init; }

    public required JobEventKind Kind { get; init; }

    /// <summary>The report that brings it; 0 for none.</summary>
    public long Sequence { get; init; }

    /// <summary>When it happened; never before the lease nor after now.</summary>
    public DateTimeOffset? At { get; init; }

    public int? ExitCode { get; init; }

    public string? ManifestDigest { get; init; }

    /// <summary>The attempt ended without a result and counts against the limit.</summary>
    public bool LosesAttempt { get; init; }

    /// <summary>Not leased again before; only with <see cref="JobPhase.Queued"/>.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Only because of a cancel, though the code says something else.</summary>
    public bool IsCancellation { get; init; }
}
