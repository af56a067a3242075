using JobServer.Data;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>One page of a log, with its filters.</summary>
internal sealed record RunTable
{
    public const int PageSize = 25;

    public required RunFilter Filter { get; init; }

    public required RunChoices Choices { get; init; }

    public required string Action { get; init; }

    public required bool SeesPeople { get; init; }

    public required DateTimeOffset Now { get; init; }

    public IReadOnlyList<RunRow> Rows { get; init; } = [];

    public int Count { get; init; }

    public int Pages => Math.Max(1, (Count + PageSize - 1) / PageSize);

    /// <param name="workspaceId">Null for the log of the whole service.</param>
    public static async Task<RunTable> ReadAsync(
        JobServerDb db, HttpContext context, int? workspaceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var seesPeople = context.SeesPeople();
        var choices = await RunChoices.ReadAsync(db, workspaceId, seesPeople, cancellationToken);
        var filter = RunFilter.Parse(context.Request.Query, choices, seesPeople);
        var table = new RunTable
        {
            Filter = filter,
            Choices = choices,
            Action = workspaceId is null ? Jobs.JobLinks.EventLog : context.RunAddress().Logs,
            SeesPeople = seesPeople,
            Now = now,
        };
        if (filter.Problems.Count > 0)
            return table;

        var requests = Where(db, filter, workspaceId);
        var count = await requests.CountAsync(cancellationToken);
        var rows = await requests.OrderByDescending(request => request.Id)
            .Skip((filter.Page - 1) * PageSize)
            .Take(PageSize)
            .Select(request => new RunRow
            {
                Number = request.Id,
                State = request.State,
                Org = request.Workspace.Project.Organisation!.Slug,
                Project = request.Workspace.Project.Slug,
                Workspace = request.Workspace.Slug,
                Backend = request.Backend.Slug,
                CreatedBy = request.CreatedBy.FullName,
                Done = request.SucceededJobs + request.FailedJobs,
                Total = request.PendingJobs + request.RunningJobs + request.SucceededJobs + request.FailedJobs,
                RequestedActions = request.RequestedActions,
                CreatedAt = request.CreatedAt,
                StartedAt = request.FirstStartedAt,
            })
            .ToListAsync(cancellationToken);
        var numbers = rows.Select(row => row.Number).ToList();
        var jobs = await JobLine.From(db.Jobs.AsNoTracking()
                .Where(job => numbers.Contains(job.JobRequestId) && job.Position < RunRow.MostJobs)
                .OrderBy(job => job.Position))
            .ToListAsync(cancellationToken);
        var jobsOf = jobs.ToLookup(job => job.RequestNumber);
        return table with { Count = count, Rows = [.. rows.Select(row => row with { Jobs = [.. jobsOf[row.Number]] })] };
    }

    private static IQueryable<JobRequest> Where(JobServerDb db, RunFilter filter, int? workspaceId)
    {
        var requests = db.JobRequests.AsNoTracking();
        if (workspaceId is { } id)
            requests = requests.Where(request => request.WorkspaceId == id);
        if (filter.Job is { Length: > 0 } job)
        {
            // Jobs first, by the indexes of their keys: requests of many jobs would be walked otherwise.
            var jobId = job.ToLowerInvariant();
            var of = db.Jobs.Where(row => row.Action == job || row.Id == jobId).Select(row => row.JobRequestId);
            requests = requests.Where(request => of.Contains(request.Id));
        }

        if (filter.RequestNumber is { } number)
            requests = requests.Where(request => request.Id == number);
        else if (filter.Request is { Length: > 0 } identifier)
            requests = OfIdentifier(db, requests, identifier.ToLowerInvariant());
        if (filter.Backend is { Length: > 0 } backend)
            requests = requests.Where(request => request.Backend.Slug == backend);
        if (filter.State is { } state)
            requests = requests.Where(request => request.State == state);
        if (filter.User is { Length: > 0 } login)
            requests = requests.Where(request => request.CreatedBy.Login == login);
        if (filter.Workspace is { Length: > 0 } slug)
            requests = requests.Where(request => request.Workspace.Slug == slug);
        return requests;
    }

    /// <summary>Users know the identifiers of jobs as request IDs too, so both are looked for.</summary>
    private static IQueryable<JobRequest> OfIdentifier(JobServerDb db, IQueryable<JobRequest> requests, string identifier)
    {
        var of = db.Jobs.Where(row => row.Id == identifier).Select(row => row.JobRequestId);
        return requests.Where(request => request.Identifier == identifier || of.Contains(request.Id));
    }
}
