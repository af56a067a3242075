using JobServer.Data;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>The newest job of each action of a workspace, at any backend.</summary>
internal static class LastJobs
{
    private const int NumberBits = 32;

    private static readonly JobRequestState[] Open = [JobRequestState.Pending, JobRequestState.Running];

    public static async Task<IReadOnlyDictionary<string, JobLine>> ReadAsync(JobServerDb db, int workspaceId, CancellationToken cancellationToken)
    {
        var jobs = db.Jobs.AsNoTracking().Where(job => job.WorkspaceId == workspaceId);
        var newest = jobs.GroupBy(job => job.Action).Select(of => new { Action = of.Key, RequestId = of.Max(job => job.JobRequestId) });
        var last = await jobs.Join(
                newest, job => new { job.Action, RequestId = job.JobRequestId }, key => new { key.Action, key.RequestId }, (job, _) => job)
            .Select(job => new JobLine
            {
                Id = job.Id,
                RequestNumber = job.JobRequestId,
                Action = job.Action,
                State = job.State,
                Code = job.StatusCode,
                StatusMessage = job.StatusMessage,
                Backend = job.JobRequest.Backend.Slug,
                StartedAt = job.StartedAt,
                CompletedAt = job.CompletedAt,
            })
            .ToListAsync(cancellationToken);
        return last.ToDictionary(job => job.Action, StringComparer.Ordinal);
    }

    /// <summary>
    /// Changes when a request comes, and whenever a job of an open one does. What has ended changes no more, so that the
    /// open requests of the whole service, which are few, are all that is looked at.
    /// </summary>
    public static async Task<long> RevisionAsync(JobServerDb db, int workspaceId, CancellationToken cancellationToken)
    {
        // A sum in place of the column, so that no index of the workspace leads through all that it ever ran.
        var open = db.JobRequests.Where(request => Open.Contains(request.State) && request.WorkspaceId + 0 == workspaceId);
        var seen = await db.Workspaces.Where(workspace => workspace.Id == workspaceId)
            .Select(workspace => new
            {
                Newest = db.JobRequests.Where(request => request.WorkspaceId == workspaceId).Max(request => (int?)request.Id),
                Requests = open.Sum(request => (long?)request.Id + request.Revision),
                Jobs = open.SelectMany(request => request.Jobs).Sum(job => (long?)job.Revision),
            })
            .SingleAsync(cancellationToken);
        return ((long)(seen.Newest ?? 0) << NumberBits) | (((seen.Requests ?? 0) + (seen.Jobs ?? 0)) & uint.MaxValue);
    }
}
