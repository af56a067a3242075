using JobServer.Data;
using JobServer.Domain.Jobs;
using JobServer.Portal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>The requests that a filter leaves, by the indexes that exist.</summary>
internal static class RunSearch
{
    /// <summary>
    /// Up to here an action's jobs are looked up one by one. An action that has more is common, so that requests with it
    /// are soon met on the way from the newest.
    /// </summary>
    private const int FewJobs = 5_000;

    private const int MostOfPrefix = 500;

    /// <param name="db">Whose rows.</param>
    /// <param name="filter">What is asked for, understood.</param>
    /// <param name="names">What its names stand for.</param>
    /// <param name="workspaceId">Null for the log of the whole service.</param>
    /// <param name="cancellationToken">Stops the looking up.</param>
    public static async Task<IQueryable<JobRequest>> FindAsync(
        JobServerDb db, RunFilter filter, RunNames names, int? workspaceId, CancellationToken cancellationToken)
    {
        var requests = OfNames(db.JobRequests.AsNoTracking(), filter.State, names, workspaceId ?? names.WorkspaceId);
        if (filter.RequestNumber is { } number)
            requests = requests.Where(request => request.Id == number);
        else if (filter.Request is { Length: > 0 } identifier)
            requests = OfIdentifier(db, requests, identifier.ToLowerInvariant());
        return filter.Job is { Length: > 0 } job ? await OfJobAsync(db, requests, job, cancellationToken) : requests;
    }

    /// <summary>
    /// Of several conditions the narrowest one has to lead, and a database without statistics guesses. The others are
    /// written so that no index answers them: a sum, and a choice, where a column alone would do.
    /// </summary>
    private static IQueryable<JobRequest> OfNames(IQueryable<JobRequest> requests, JobRequestState? state, RunNames names, int? workspaceId)
    {
        var isOpen = state is JobRequestState.Pending or JobRequestState.Running;
        if (workspaceId is { } workspace)
            requests = requests.Where(request => request.WorkspaceId == workspace);
        if (names.UserId is { } user)
        {
            requests = workspaceId is null && !isOpen
                ? requests.Where(request => request.CreatedById == user)
                : requests.Where(request => request.CreatedById + 0 == user);
        }

        var isNarrow = workspaceId is not null || (names.UserId is not null && !isOpen);
        if (names.BackendId is { } backend)
            requests = isNarrow ? requests.Where(request => request.BackendId + 0 == backend) : requests.Where(request => request.BackendId == backend);
        if (state is { } wanted)
        {
            requests = isNarrow
                ? requests.Where(request => (request.Id > 0 ? request.State : JobRequestState.NothingToDo) == wanted)
                : requests.Where(request => request.State == wanted);
        }

        return requests;
    }

    /// <summary>Users know the identifiers of jobs as request IDs too, so both are looked for.</summary>
    private static IQueryable<JobRequest> OfIdentifier(JobServerDb db, IQueryable<JobRequest> requests, string identifier)
    {
        var of = db.JobRequests.Where(row => row.Identifier == identifier).Select(row => row.Id)
            .Concat(db.Jobs.Where(row => row.Id == identifier).Select(row => row.JobRequestId));
        return requests.Where(request => of.Contains(request.Id));
    }

    private static async Task<IQueryable<JobRequest>> OfJobAsync(
        JobServerDb db, IQueryable<JobRequest> requests, string text, CancellationToken cancellationToken)
    {
        var end = text + '\uFFFF';
        var ofAction = db.Jobs.Where(job => string.Compare(job.Action, text) >= 0 && string.Compare(job.Action, end) < 0);
        var few = await ofAction.Select(job => job.Action).Take(FewJobs + 1).CountAsync(cancellationToken) <= FewJobs;
        if (few)
        {
            var of = ofAction.Select(job => job.JobRequestId);
            if (JobPrefix.Parse(text) is { } beginning)
                of = of.Concat(beginning.Match(db.Jobs).Select(job => job.JobRequestId));
            return requests.Where(request => of.Contains(request.Id));
        }

        var ofPrefix = JobPrefix.Parse(text) is { } prefix
            ? await prefix.Match(db.Jobs).OrderBy(job => job.Id).Take(MostOfPrefix).Select(job => job.JobRequestId).ToListAsync(cancellationToken)
            : [];
        return requests.Where(request => ofPrefix.Contains(request.Id) || db.Jobs.Any(
            job => job.JobRequestId == request.Id && string.Compare(job.Action, text) >= 0 && string.Compare(job.Action, end) < 0));
    }
}
