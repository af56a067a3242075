using JobServer.Data;
using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Logs;

/// <summary>What is known of the logs of one job, before anybody is let near the bytes.</summary>
internal sealed record JobLogSource
{
    /// <summary>How long after its end a job's log may still come in.</summary>
    private static readonly TimeSpan AcceptedAfterEnd = Data.Jobs.JobLogs.AcceptedAfterEnd;

    /// <summary>An agent that sends at all has begun by then.</summary>
    private static readonly TimeSpan BeginsAfterEnd = TimeSpan.FromMinutes(2);

    public required string JobId { get; init; }

    public required string Action { get; init; }

    public required long Fence { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required int BackendId { get; init; }

    public required string BackendName { get; init; }

    public required LogPolicy Policy { get; init; }

    /// <summary>Of the attempts, the newest first.</summary>
    public IReadOnlyList<LogRow> Logs { get; init; } = [];

    public LogRow? Find(long fence) => Logs.FirstOrDefault(log => log.Fence == fence);

    /// <summary>The newest attempt's, also while nothing of it has come.</summary>
    public LogRow Newest => Find(Fence) ?? new LogRow { Fence = Fence, CommittedOffset = 0, StoredSize = 0, IsComplete = false, Gaps = [] };

    /// <summary>Nothing more will come of it.</summary>
    public bool IsSettled(DateTimeOffset now) => EndedAt is { } end
        && (Newest.IsComplete || now - end > AcceptedAfterEnd || (Find(Fence) is null && now - end > BeginsAfterEnd));

    public static async Task<JobLogSource?> FindAsync(
        JobServerDb db, int workspaceId, int number, string jobId, CancellationToken cancellationToken)
    {
        var source = await db.Jobs.AsNoTracking()
            .Where(job => job.Id == jobId && job.JobRequestId == number && job.WorkspaceId == workspaceId)
            .Select(job => new JobLogSource
            {
                JobId = job.Id,
                Action = job.Action,
                Fence = job.Fence,
                EndedAt = job.CompletedAt,
                BackendId = job.BackendId,
                BackendName = job.JobRequest.Backend.Name,
                Policy = job.JobRequest.Backend.LogPolicy,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (source is null or { Fence: 0 } or { Policy: LogPolicy.SiteOnly })
            return source;
        var logs = await db.JobLogs.AsNoTracking().Where(log => log.JobId == jobId)
            .OrderByDescending(log => log.Fence)
            .Select(log => new LogRow
            {
                Fence = log.Fence,
                CommittedOffset = log.CommittedOffset,
                StoredSize = log.StoredSize,
                IsComplete = log.IsComplete,
                Gaps = log.Gaps.OrderBy(gap => gap.From).Select(gap => new LogHole(gap.From, gap.To, gap.Reason)).ToList(),
            })
            .ToListAsync(cancellationToken);
        return source with { Logs = logs };
    }
}
