using JobServer.Data.Logs;
using JobServer.Data.Writing;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>Stores what agents send of their jobs' logs: bytes to the file and flushed, the offset to the row, only then the result.</summary>
public sealed class JobLogs(DatabaseWriter writer, IDbContextFactory<JobServerDb> contexts, IDatabaseClock clock, ILogStore store)
{
    /// <summary>How long after the end of a job its log may still come in.</summary>
    public static readonly TimeSpan AcceptedAfterEnd = TimeSpan.FromHours(24);

    /// <param name="holder">The session that sends; it holds the attempt or held it last.</param>
    /// <param name="backendId">The backend whose token was shown.</param>
    /// <param name="pieces">Of one attempt, in order.</param>
    /// <param name="maxSize">In bytes: what is stored of all attempts of one job.</param>
    /// <param name="cancellationToken">Stops before the commit; afterwards the result is given.</param>
    public async Task<LogBatchResult> ApplyAsync(
        AttemptHolder holder, int backendId, IReadOnlyList<LogPiece> pieces, long maxSize, CancellationToken cancellationToken)
    {
        var standing = await ReadAsync(holder, backendId, cancellationToken);
        if (standing.Refusal is not LogRefusal.None)
        {
            return Refused(standing, pieces.Count, standing.Refusal, standing.Message);
        }

        if (pieces.All(piece => piece is LogPiece.Look))
        {
            return Done(standing, pieces, new LogAdvance(standing.Log, standing.Gaps, 0));
        }

        await using var file = store.TryOpenAppend(holder.JobId, holder.Fence);
        if (file is null)
        {
            return Refused(standing, pieces.Count, LogRefusal.Later, "Another stream writes this log.");
        }

        // Again, now that nobody else writes: an older session may have got here first.
        standing = await ReadAsync(holder, backendId, cancellationToken);
        if (standing.Refusal is not LogRefusal.None)
        {
            return Refused(standing, pieces.Count, standing.Refusal, standing.Message);
        }

        var advance = new LogAdvance(standing.Log, standing.Gaps, maxSize - standing.StoredOfJob);
        var result = Done(standing, pieces, advance);
        if (!advance.ChangesAnything)
        {
            return result;
        }

        if (advance.Bytes.Count > 0)
        {
            await file.AppendAsync(standing.Log.StoredSize, advance.Bytes, cancellationToken);
        }

        if (await CommitAsync(holder, backendId, standing, advance, cancellationToken))
        {
            return result;
        }

        if (advance.Bytes.Count > 0)
        {
            // Perhaps nobody adds to it again, and what was refused must not lie there: the site may just have said that it stays.
            await file.AppendAsync(standing.Log.StoredSize, [], CancellationToken.None);
        }

        return Refused(standing, pieces.Count, LogRefusal.Later, "The attempt changed meanwhile.");
    }

    private async Task<bool> CommitAsync(
        AttemptHolder holder, int backendId, LogStanding standing, LogAdvance advance, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var (jobId, fence, before) = (holder.JobId, holder.Fence, standing.Log);
        return await writer.RunAsync(
            async (db, token) =>
            {
                var rows = db.JobLogs.Where(log => log.JobId == jobId && log.Fence == fence);
                if (!await rows.AnyAsync(token))
                {
                    db.JobLogs.Add(new JobLog { JobId = jobId, Fence = fence, UpdatedAt = now });
                    await db.SaveChangesAsync(token);
                }

                var moved = await rows
                    .Where(log => log.CommittedOffset == before.CommittedOffset && log.StoredSize == before.StoredSize && !log.IsComplete
                        && MayAppend(db, holder, backendId, now).Any())
                    .ExecuteUpdateAsync(
                        set => set
                            .SetProperty(log => log.CommittedOffset, advance.CommittedOffset)
                            .SetProperty(log => log.StoredSize, advance.StoredSize)
                            .SetProperty(log => log.IsComplete, advance.IsComplete)
                            .SetProperty(log => log.UpdatedAt, now),
                        token);
                if (moved != 1)
                {
                    return false;
                }

                db.JobLogGaps.AddRange(advance.Gaps);
                return true;
            },
            cancellationToken);
    }

    private static IQueryable<Job> MayAppend(JobServerDb db, AttemptHolder holder, int backendId, DateTimeOffset now)
    {
        DateTimeOffset? earliest = now - AcceptedAfterEnd;
        return db.Jobs.Where(job => job.Id == holder.JobId && job.Fence == holder.Fence && job.BackendId == backendId
            && (job.CompletedAt == null || job.CompletedAt >= earliest)
            && db.Backends.Any(backend => backend.Id == backendId && backend.LogPolicy != LogPolicy.SiteOnly)
            && db.Agents.Any(agent => agent.Id == holder.AgentId && agent.BackendId == backendId && agent.SessionEpoch == holder.SessionEpoch));
    }

    private async Task<LogStanding> ReadAsync(AttemptHolder holder, int backendId, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var epoch = await db.Agents.Where(agent => agent.Id == holder.AgentId && agent.BackendId == backendId)
            .Select(agent => (long?)agent.SessionEpoch)
            .SingleOrDefaultAsync(cancellationToken);
        var job = await db.Jobs.Where(job => job.Id == holder.JobId && job.BackendId == backendId)
            .Select(job => new
            {
                job.Fence,
                job.CompletedAt,
                job.JobRequestId,
                Policy = job.JobRequest.Backend.LogPolicy,
                WasHeld = job.AgentId == holder.AgentId || db.JobEvents.Any(happened => happened.JobId == job.Id && happened.Fence == holder.Fence
                    && happened.AgentId == holder.AgentId && happened.Kind == JobEventKind.Leased),
            })
            .SingleOrDefaultAsync(cancellationToken);
        var logs = await db.JobLogs.AsNoTracking().Where(log => log.JobId == holder.JobId)
            .Select(log => new { Log = log, Gaps = log.Gaps.Count })
            .ToListAsync(cancellationToken);
        var own = logs.Find(log => log.Log.Fence == holder.Fence);
        var (refusal, message) = (epoch, job) switch
        {
            (null, _) or (_, null) => (LogRefusal.NotHeld, "The agent's backend has no such job."),
            _ when epoch != holder.SessionEpoch => (LogRefusal.Session, "The session is not the agent's newest."),
            _ when job.Fence != holder.Fence => (LogRefusal.NotHeld, $"The newest attempt of the job is {job.Fence}."),
            _ when !job.WasHeld => (LogRefusal.NotHeld, "The agent never held the attempt."),
            _ when job.Policy == LogPolicy.SiteOnly => (LogRefusal.Policy, "The backend keeps the logs of its jobs at the site."),
            _ when job.CompletedAt + AcceptedAfterEnd < now => (LogRefusal.TooLate, $"The job ended more than {AcceptedAfterEnd.TotalHours:0} hours ago."),
            _ => (LogRefusal.None, ""),
        };
        return new LogStanding
        {
            Refusal = refusal,
            Message = message,
            JobRequestId = job?.JobRequestId ?? 0,
            Log = own?.Log ?? new JobLog { JobId = holder.JobId, Fence = holder.Fence },
            Gaps = own?.Gaps ?? 0,
            StoredOfJob = logs.Sum(log => log.Log.StoredSize),
        };
    }

    private static LogBatchResult Done(LogStanding standing, IReadOnlyList<LogPiece> pieces, LogAdvance advance) => new()
    {
        JobRequestId = standing.JobRequestId,
        Results = [.. pieces.Select(advance.Take)],
        Added = advance.Bytes.Sum(piece => (long)piece.Length),
        Changed = advance.ChangesAnything,
    };

    private static LogBatchResult Refused(LogStanding standing, int count, LogRefusal refusal, string message) => new()
    {
        JobRequestId = standing.JobRequestId,
        Results =
        [
            .. Enumerable.Repeat(
                new LogResult
                {
                    // Nobody else's business.
                    CommittedOffset = refusal is LogRefusal.NotHeld or LogRefusal.Session ? 0 : standing.Log.CommittedOffset,
                    IsComplete = false,
                    Refusal = refusal,
                    Message = message,
                },
                count),
        ],
    };
}
