using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>One move of a job that was decided and not written yet.</summary>
internal sealed record PlannedMove(JobRow Before, JobMove Move, JobRow After, DateTimeOffset At, string Message)
{
    /// <summary>What the move makes of the row.</summary>
    /// <param name="before">As it was read, or as an earlier move of the same unit leaves it.</param>
    public static PlannedMove Of(JobRow before, JobMove move, DateTimeOffset now)
    {
        var at = Clamp(move.At ?? now, before, now);
        var isQueued = move.To == JobPhase.Queued;
        var isEnded = move.To == JobPhase.Ended;
        var after = before with
        {
            State = StateOf(move),
            StatusCode = move.Code,
            AppliedSequence = move.Sequence > 0 ? move.Sequence : before.AppliedSequence,
            AgentId = isQueued ? null : before.AgentId,
            LeasedAt = isQueued ? null : before.LeasedAt,
            AcceptedAt = isQueued ? null : before.AcceptedAt,
            LostAttempts = before.LostAttempts + (move.LosesAttempt ? 1 : 0),
            StartedAt = isQueued ? null : before.StartedAt ?? (move.To == JobPhase.Running || (isEnded && before.AgentId is not null && (before.IsAccepted || move.Sequence > 0)) ? at : null),
            CompletedAt = isEnded ? at : null,
            ExitCode = move.ExitCode,
            ManifestDigest = move.ManifestDigest,
        };
        var message = Text.Shorten(move.Message is { Length: > 0 } given ? given : move.Code.DefaultMessage(), Job.StatusMessageMaxLength);
        return new PlannedMove(before, move, after, at, message);
    }

    public JobEvent Event(DateTimeOffset now) => new()
    {
        JobId = Before.Id,
        At = now,
        Kind = Move.Kind,
        State = After.State,
        StatusCode = Move.Code,
        Message = Message,
        Fence = Before.Fence,
        Sequence = Move.Sequence,
        AgentId = Before.AgentId,
    };

    public void AddTo(RequestDelta delta)
    {
        delta.Move(Before.State, After.State);
        if (After.StartedAt is { } started && Before.StartedAt is null)
        {
            delta.Start(started);
        }

        if (Move.To == JobPhase.Ended)
        {
            var duration = After.StartedAt is { } start && At > start ? At - start : TimeSpan.Zero;
            delta.End(At, duration, Move.IsCancellation || Move.Code.IsCancellation());
        }
    }

    private static JobState StateOf(JobMove move) => move.To switch
    {
        JobPhase.Queued or JobPhase.Leased => JobState.Pending,
        JobPhase.Running => JobState.Running,
        JobPhase.Ended => move.Code == JobStatusCode.Succeeded ? JobState.Succeeded : JobState.Failed,
    };

    // An agent's wall clock is for people: it may be wrong, but never before the lease nor in the future.
    private static DateTimeOffset Clamp(DateTimeOffset at, JobRow job, DateTimeOffset now) =>
        at > now ? now : job.LeasedAt is { } leased && at < leased ? leased : at;
}
