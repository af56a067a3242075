using System.Globalization;
using JobServer.Data.Logs;
using JobServer.Data.Writing;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>Deletes stored logs of jobs that ended long ago. A gap over the whole log says so wherever the log was shown.</summary>
public sealed class OldLogs(DatabaseWriter writer, IDbContextFactory<JobServerDb> contexts, IDatabaseClock clock, ILogStore store)
{
    /// <param name="retention">After the end of the job; more than <see cref="JobLogs.AcceptedAfterEnd"/>, so that nobody writes any more.</param>
    /// <param name="most">At a time.</param>
    /// <param name="cancellationToken">What is left comes with the next call.</param>
    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteAsync(TimeSpan retention, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(retention, JobLogs.AcceptedAfterEnd);
        var now = await clock.NowAsync(cancellationToken);
        DateTimeOffset? before = now - retention;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var old = await db.JobLogs.AsNoTracking()
            .Where(log => log.StoredSize > 0 && log.Job.CompletedAt <= before)
            .OrderBy(log => log.JobId)
            .ThenBy(log => log.Fence)
            .Take(most)
            .ToListAsync(cancellationToken);
        foreach (var log in old)
        {
            // The row last: while it counts bytes, the file is looked for again.
            store.Delete(log.JobId, log.Fence);
            await MarkAsync(log, retention, now, cancellationToken);
        }

        return old.Count;
    }

    private Task MarkAsync(JobLog log, TimeSpan retention, DateTimeOffset now, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var (jobId, fence) = (log.JobId, log.Fence);
            await db.JobLogGaps.Where(gap => gap.JobId == jobId && gap.Fence == fence).ExecuteDeleteAsync(token);
            await db.JobLogs.Where(row => row.JobId == jobId && row.Fence == fence)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.StoredSize, 0).SetProperty(row => row.UpdatedAt, now), token);
            db.JobLogGaps.Add(new JobLogGap { JobId = jobId, Fence = fence, From = 0, To = log.CommittedOffset, Reason = ReasonOf(retention) });
        },
        cancellationToken);

    private static string ReasonOf(TimeSpan retention) =>
        string.Create(CultureInfo.InvariantCulture, $"deleted after {retention.TotalDays:0.#} days");
}
