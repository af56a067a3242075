using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>A job as it was read, which is the guard, and what becomes of it.</summary>
public sealed record JobWriteRow
{
    public required string Id { get; init; }

    public required string OldState { get; init; }

    public required long OldFence { get; init; }

    public required long OldSequence { get; init; }

    public required string? OldAgent { get; init; }

    public required int OldRevision { get; init; }

    /// <summary>The session that the holder must still have; null where no agent speaks.</summary>
    public required long? Epoch { get; init; }

    public required string State { get; init; }

    public required string Code { get; init; }

    public required string Message { get; init; }

    public required long Sequence { get; init; }

    /// <summary>1 when the lease is given up, else 0.</summary>
    public required int IsQueued { get; init; }

    public required int Lost { get; init; }

    public required DateTimeOffset? NotBefore { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? CompletedAt { get; init; }

    public required int? ExitCode { get; init; }

    public required string? Manifest { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    internal static JobWriteRow Of(PlannedWrite write, DateTimeOffset now)
    {
        var (read, job, last) = (write.Read, write.Job, write.Moves[^1]);
        return new JobWriteRow
        {
            Id = read.Id,
            OldState = SnakeCase.Of(read.State),
            OldFence = read.Fence,
            OldSequence = read.AppliedSequence,
            OldAgent = read.AgentId,
            OldRevision = read.Revision,
            Epoch = write.Epoch,
            State = SnakeCase.Of(job.State),
            Code = SnakeCase.Of(job.StatusCode),
            Message = last.Message,
            Sequence = job.AppliedSequence,
            IsQueued = last.Move.To == JobPhase.Queued ? 1 : 0,
            Lost = job.LostAttempts,
            NotBefore = last.Move.To == JobPhase.Queued ? last.Move.NotBefore : null,
            StartedAt = job.StartedAt,
            CompletedAt = job.CompletedAt,
            ExitCode = job.ExitCode,
            Manifest = job.ManifestDigest,
            UpdatedAt = now,
        };
    }
}
