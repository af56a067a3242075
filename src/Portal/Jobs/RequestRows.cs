using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Jobs;

/// <summary>Short lists of requests, for pages about something else.</summary>
internal static class RequestRows
{
    /// <summary>The newest first. A project without an organisation has no pages yet, so its requests are left out.</summary>
    public static Task<List<RequestRow>> NewestAsync(this IQueryable<JobRequest> requests, int count, CancellationToken cancellation) => requests
        .AsNoTracking()
        .Where(request => request.Workspace.Project.OrganisationId != null)
        .OrderByDescending(request => request.Id)
        .Take(count)
        .Select(request => new RequestRow
        {
            Number = request.Id,
            State = request.State,
            Organisation = request.Workspace.Project.Organisation!.Slug,
            Project = request.Workspace.Project.Slug,
            Workspace = request.Workspace.Slug,
            Backend = request.Backend.Name,
            Actions = request.RequestedActions,
            Jobs = request.PendingJobs + request.RunningJobs + request.SucceededJobs + request.FailedJobs,
            CreatedAt = request.CreatedAt,
            StartedAt = request.FirstStartedAt,
        })
        .ToListAsync(cancellation);
}
