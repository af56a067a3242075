using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>
/// Collects what one unit of work does to jobs, writes it set by set, and does in the same transaction what follows from it:
/// dependants, the sums of requests, events and messages.
/// </summary>
internal sealed class JobChangeSet(JobServerDb db, DateTimeOffset now)
{
    private readonly Dictionary<string, PlannedWrite> _planned = new(StringComparer.Ordinal);
    private readonly Dictionary<int, RequestDelta> _requests = [];
    private readonly List<JobEvent> _events = [];
    private readonly List<(JobRow Job, JobMove Move)> _ended = [];
    private int _followedUp;

    public IReadOnlyCollection<int> ChangedRequests => _requests.Keys;

    /// <summary>Plans a move; <see cref="WriteAsync"/> writes it, together with all others and guarded by the row as it was read.</summary>
    /// <param name="job">As it was read, or as the last planned move of it returned it.</param>
    /// <param name="epoch">The session of the holder in whose name it is written; null where no agent speaks.</param>
    /// <returns>The job as the move leaves it.</returns>
    public JobRow Plan(JobRow job, JobMove move, long? epoch = null)
    {
        if (!_planned.TryGetValue(job.Id, out var write))
        {
            _planned[job.Id] = write = new PlannedWrite(job);
        }

        write.Moves.Add(PlannedMove.Of(write.Job, move, now));
        write.Epoch ??= epoch;
        return write.Job;
    }

    /// <summary>Writes what was planned in one guarded statement.</summary>
    /// <returns>How many jobs were no longer as they were read; of them nothing is done.</returns>
    public async Task<int> WriteAsync(CancellationToken cancellationToken)
    {
        var writes = _planned.Values.OrderBy(write => write.Read.Id, StringComparer.Ordinal).ToList();
        _planned.Clear();
        var won = (await SetStatement.RunAsync(
            db, SetStatement.Of(db).MoveJobs, writes.ConvertAll(write => JobWriteRow.Of(write, now)), reader => reader.GetString(0), cancellationToken))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var move in writes.Where(write => won.Contains(write.Read.Id)).SelectMany(write => write.Moves))
        {
            _events.Add(move.Event(now));
            move.AddTo(DeltaOf(move.Before.JobRequestId));
            if (move.Move.To == JobPhase.Ended)
            {
                _ended.Add((move.Before, move.Move));
            }
        }

        return writes.Count - won.Count;
    }

    /// <summary>The guarded write of one move: false, and nothing done, when the row is no longer as it was read.</summary>
    public async Task<bool> MoveAsync(JobRow job, JobMove move, CancellationToken cancellationToken)
    {
        Plan(job, move);
        return await WriteAsync(cancellationToken) == 0;
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

        // What the unit itself added to the history comes before what followed from it.
        await db.SaveChangesAsync(cancellationToken);
        await SetStatement.RunAsync(db, SetStatement.Of(db).AddEvents, _events.ConvertAll(EventRow.Of), cancellationToken);
        await RequestSums.ApplyAsync(db, _requests, cancellationToken);
        await JobMessages.AddAsync(db, _ended.ConvertAll(ended => ended.Job.Id), now, cancellationToken);
    }

    /// <summary>Marks a request as changed although no job of it moved.</summary>
    public void Touch(int requestId) => DeltaOf(requestId);

    private RequestDelta DeltaOf(int requestId)
    {
        if (!_requests.TryGetValue(requestId, out var delta))
        {
            _requests[requestId] = delta = new RequestDelta();
        }

        return delta;
    }
}
