using JobServer.Data;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>One line of the history of a job's attempts.</summary>
internal sealed record JobEventLine(DateTimeOffset At, JobEventKind Kind, JobState State, JobStatusCode Code, string Message, long Fence, string? AgentId)
{
    private const int Most = 500;

    /// <summary>The newest, oldest first.</summary>
    public static async Task<IReadOnlyList<JobEventLine>> ReadAsync(JobServerDb db, string jobId, CancellationToken cancellationToken)
    {
        var newest = await db.JobEvents.AsNoTracking().Where(line => line.JobId == jobId)
            .OrderByDescending(line => line.Id)
            .Take(Most)
            .Select(line => new JobEventLine(line.At, line.Kind, line.State, line.StatusCode, line.Message, line.Fence, line.AgentId))
            .ToListAsync(cancellationToken);
        newest.Reverse();
        return newest;
    }
}
