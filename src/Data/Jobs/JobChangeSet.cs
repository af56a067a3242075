using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>
/// Collects what one unit of work does to jobs, and does in the same transaction what follows from it:
/// dependants, the sums of requests, releases, events and messages.
/// </summary>
internal sealed class JobChangeSet(JobServerDb db, DateTimeOffset now)
{
    private readonly Dictionary<int, RequestDelta> _requests = [];
    private readonly List<(JobRow Job, JobMove Move)> _ended = [];
    private int _followedUp;

    public IReadOnlyCollection<int> ChangedRequests => _requests.Keys;

    /// <summary>The guarded write: false, and nothing done, when the row is no longer as it was read.</summary>
    public async Task<bool> MoveAsync(JobRow job, JobMove move, CancellationToken cancellationToken)
    {
        var at = Clamp(move.At ?? now, job);
        var state = StateOf(move);
        var isQueued = move.To == JobPhase.Queued;
        var isEnded = move.To == JobPhase.Ended;
        var startedAt = isQueued ? null : job.StartedAt ?? (move.To == JobPhase.Running || (isEnded && job.AgentId is not null && (job.IsAccepted || move.Sequence > 0)) ? at : null);
        var message = Text.Shorten(move.Message is { Length: > 0 } given ? given : move.Code.DefaultMessage(), Job.StatusMessageMaxLength);

        var written = await Guarded(job).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, state)
                .SetProperty(row => row.StatusCode, move.Code)
                .SetProperty(row => row.StatusMessage, message)
                .SetProperty(row => row.AppliedSequence, row => move.Sequence > 0 ? move.Sequence : row.AppliedSequence)
                .SetProperty(row => row.AgentId, row => isQueued ? null : row.AgentId)
                .SetProperty(row => row.SessionEpoch, row => isQueued ? null : row.SessionEpoch)
                .SetProperty(row => row.LeasedAt, row => isQueued ? null : row.LeasedAt)
                .SetProperty(row => row.AcceptedAt, row => isQueued ? null : row.AcceptedAt)
                .SetProperty(row => row.NotBefore, row => isQueued ? move.NotBefore : row.NotBefore)
                .SetProperty(row => row.LostAttempts, row => row.LostAttempts + (move.LosesAttempt ? 1 : 0))
                .SetProperty(row => row.StartedAt, startedAt)
                .SetProperty(row => row.CompletedAt, isEnded ? at : null)
                .SetProperty(row => row.ExitCode, move.ExitCode)
                .SetProperty(row => row.ManifestDigest, move.ManifestDigest)
                .SetProperty(row => row.UpdatedAt, now)
                .SetProperty(row => row.Revision, row => row.Revision + 1),
            cancellationToken);
        if (written == 0)
        {
            return false;
        }

        db.JobEvents.Add(EventOf(job, move, state, message));
        Sum(job, state, startedAt, at, isEnded, move);
        if (isEnded)
        {
            _ended.Add((job, move));
        }

        return true;
    }

    /// <summary>Does what follows from the moves so far. Call it once, last in the unit.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        while (_followedUp < _ended.Count)
        {
            var wave = _ended[_followedUp..];
            _followedUp = _ended.Count;
            await Dependants.FollowAsync(db, this, wave, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var (requestId, delta) in _requests)
        {
            await RequestSums.ApplyAsync(db, requestId, delta, cancellationToken);
        }

        await JobMessages.AddAsync(db, _ended.ConvertAll(ended => ended.Job.Id), now, cancellationToken);
    }

    /// <summary>Marks a request as changed although no job of it moved.</summary>
    public void Touch(int requestId) => DeltaOf(requestId);

    private static JobState StateOf(JobMove move) => move.To switch
    {
        JobPhase.Queued or JobPhase.Leased => JobState.Pending,
        JobPhase.Running => JobState.Running,
        JobPhase.Ended => move.Code == JobStatusCode.Succeeded ? JobState.Succeeded : JobState.Failed,
    };

    private static JobEvent EventOf(JobRow job, JobMove move, JobState state, string message, DateTimeOffset at) => new()
    {
        JobId = job.Id,
        At = at,
        Kind = move.Kind,
        State = state,
        StatusCode = move.Code,
        Message = message,
        Fence = job.Fence,
        Sequence = move.Sequence,
        AgentId = job.AgentId,
    };

    private JobEvent EventOf(JobRow job, JobMove move, JobState state, string message) => EventOf(job, move, state, message, now);

    private IQueryable<Job> Guarded(JobRow job) => db.Jobs.Where(row =>
        row.Id == job.Id && row.State == job.State && row.Fence == job.Fence
        && row.AppliedSequence == job.AppliedSequence && row.Revision == job.Revision);

    // An agent's wall clock is for people: it may be wrong, but never before the lease nor in the future.
    private DateTimeOffset Clamp(DateTimeOffset at, JobRow job) =>
        at > now ? now : job.LeasedAt is { } leased && at < leased ? leased : at;

    private void Sum(JobRow job, JobState state, DateTimeOffset? startedAt, DateTimeOffset at, bool isEnded, JobMove move)
    {
        var delta = DeltaOf(job.JobRequestId);
        delta.Move(job.State, state);
        if (startedAt is { } started && job.StartedAt is null)
        {
            delta.Start(started);
        }

        if (isEnded)
        {
            var duration = startedAt is { } start && at > start ? at - start : TimeSpan.Zero;
            delta.End(at, duration, move.IsCancellation || move.Code.IsCancellation());
        }
    }

    private RequestDelta DeltaOf(int requestId)
    {
        if (!_requests.TryGetValue(requestId, out var delta))
        {
            _requests[requestId] = delta = new RequestDelta();
        }

        return delta;
    }
}
