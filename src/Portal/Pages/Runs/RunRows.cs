using JobServer.Data;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>Requests by their numbers, with their jobs, as a log shows them.</summary>
internal static class RunRows
{
    /// <summary>In the order of <paramref name="numbers"/>; those that are gone are left out.</summary>
    public static async Task<IReadOnlyList<RunRow>> ReadAsync(JobServerDb db, IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        if (numbers.Count == 0)
            return [];
        var rows = await db.JobRequests.AsNoTracking().Where(request => numbers.Contains(request.Id))
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
            .ToDictionaryAsync(row => row.Number, cancellationToken);
        var jobs = await JobLine.From(db.Jobs.AsNoTracking()
                .Where(job => numbers.Contains(job.JobRequestId) && job.Position < RunRow.MostJobs)
                .OrderBy(job => job.JobRequestId).ThenBy(job => job.Position))
            .ToListAsync(cancellationToken);
        var jobsOf = jobs.ToLookup(job => job.RequestNumber);
        return [.. numbers.Where(rows.ContainsKey).Select(number => rows[number] with { Jobs = [.. jobsOf[number]] })];
    }

    /// <summary>Changes whenever one of the rows or of their jobs does.</summary>
    public static async Task<long> RevisionAsync(JobServerDb db, IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        if (numbers.Count == 0)
            return 0;
        var requests = await db.JobRequests.Where(request => numbers.Contains(request.Id)).SumAsync(request => (long)request.Revision, cancellationToken);
        var jobs = await db.Jobs.Where(job => numbers.Contains(job.JobRequestId) && job.Position < RunRow.MostJobs)
            .SumAsync(job => (long)job.Revision, cancellationToken);
        return requests + jobs;
    }
}
