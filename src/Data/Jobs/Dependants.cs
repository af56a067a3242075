using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>What the end of a job means for the jobs that need it.</summary>
internal static class Dependants
{
    public static async Task FollowAsync(
        JobServerDb db, JobChangeSet changes, IReadOnlyList<(JobRow Job, JobMove Move)> ended, CancellationToken cancellationToken)
    {
        var failed = ended.Where(end => end.Move.Code != JobStatusCode.Succeeded).ToDictionary(end => end.Job.Id, StringComparer.Ordinal);
        if (failed.Count > 0)
        {
            await FailAsync(db, changes, failed, cancellationToken);
        }

        var succeeded = ended.Where(end => end.Move.Code == JobStatusCode.Succeeded).Select(end => end.Job.Id).ToArray();
        if (succeeded.Length > 0)
        {
            await ReleaseAsync(db, succeeded, cancellationToken);
        }
    }

    private static async Task FailAsync(
        JobServerDb db, JobChangeSet changes, Dictionary<string, (JobRow Job, JobMove Move)> failed, CancellationToken cancellationToken)
    {
        var ids = failed.Keys.ToArray();
        var needs = await db.JobNeeds.AsNoTracking().Where(need => EF.Parameter(ids).Contains(need.NeededJobId)).ToListAsync(cancellationToken);
        var causes = needs.DistinctBy(need => need.JobId, StringComparer.Ordinal).ToDictionary(need => need.JobId, StringComparer.Ordinal);
        var dependantIds = causes.Keys.ToArray();
        if (dependantIds.Length == 0)
        {
            return;
        }

        var dependants = await JobRow.From(db.Jobs.Where(job => EF.Parameter(dependantIds).Contains(job.Id) && job.State == JobState.Pending && job.AgentId == null))
            .ToListAsync(cancellationToken);
        foreach (var dependant in dependants)
        {
            var need = causes[dependant.Id];
            var (_, cause) = failed[need.NeededJobId];
            var isCancellation = cause.IsCancellation || cause.Code.IsCancellation();
            var move = new JobMove
            {
                To = JobPhase.Ended,
                Code = JobStatusCode.DependencyFailed,
                Kind = JobEventKind.DependencyFailed,
                Message = isCancellation
                    ? $"Not started because the action it needs, {need.Action}, was cancelled"
                    : $"Not started because the action it needs, {need.Action}, failed",
                IsCancellation = isCancellation,
            };
            changes.Plan(dependant, move);
        }

        // One that was leased or cancelled meanwhile is not what was read here, and has found its own end.
        await changes.WriteAsync(cancellationToken);
    }

    private static async Task ReleaseAsync(JobServerDb db, string[] succeeded, CancellationToken cancellationToken)
    {
        // Most jobs are needed by none, and nothing but the needs has an index to say so.
        var dependants = await db.JobNeeds.Where(need => EF.Parameter(succeeded).Contains(need.NeededJobId))
            .Select(need => need.JobId).Distinct().ToArrayAsync(cancellationToken);
        if (dependants.Length == 0)
        {
            return;
        }

        await db.Jobs
            .Where(job => EF.Parameter(dependants).Contains(job.Id) && job.State == JobState.Pending && job.StatusCode == JobStatusCode.WaitingOnDependencies
                && !db.JobNeeds.Any(need => need.JobId == job.Id && need.NeededJob.State != JobState.Succeeded))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(job => job.StatusCode, JobStatusCode.WaitingOnWorkers)
                    .SetProperty(job => job.StatusMessage, JobStatusCode.WaitingOnWorkers.DefaultMessage())
                    .SetProperty(job => job.Revision, job => job.Revision + 1),
                cancellationToken);
    }
}
