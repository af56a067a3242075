using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>What a workspace has of each action at a backend, for the planner.</summary>
public static class WorkspaceStates
{
    public static async Task<WorkspaceState> ReadAsync(JobServerDb db, int workspaceId, int backendId, CancellationToken cancellationToken)
    {
        // Actions have few jobs that matter: the newest not cancelled of each, by an index on these columns.
        var newest = db.Jobs
            .Where(job => job.WorkspaceId == workspaceId && job.BackendId == backendId && job.StatusCode != JobStatusCode.CancelledByUser)
            .GroupBy(job => job.Action)
            .Select(jobs => new { Action = jobs.Key, RequestId = jobs.Max(job => job.JobRequestId) });
        var latest = await db.Jobs
            .Join(newest, job => new { job.Action, RequestId = job.JobRequestId }, key => new { key.Action, key.RequestId }, (job, _) => job)
            .Where(job => job.WorkspaceId == workspaceId)
            .Select(job => new { job.Action, job.Id, job.State })
            .ToListAsync(cancellationToken);
        return new WorkspaceState(latest.ToDictionary(
            job => job.Action,
            job => new ExistingJob(job.Id, job.State switch
            {
                JobState.Pending => ExistingJobState.Pending,
                JobState.Running => ExistingJobState.Running,
                JobState.Succeeded => ExistingJobState.Succeeded,
                JobState.Failed => ExistingJobState.Failed,
            }),
            StringComparer.Ordinal));
    }
}
