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

        var succeeded = ended.Where(end => end.Move.Code == JobStatusCode.Succeeded).Select(end => end.Job.Id).ToList();
        if (succeeded.Count > 0)
        {
            await ReleaseAsync(db, succeeded, cancellationToken);
        }
    }

    private static async Task FailAsync(
        JobServerDb db, JobChangeSet changes, Dictionary<string, (JobRow Job, JobMove Move)> failed, CancellationToken cancellationToken)
    {
        var ids = failed.Keys.ToList();
        var needs = await db.JobNeeds.AsNoTracking().Where(need => ids.Contains(need.NeededJobId)).ToListAsync(cancellationToken);
        var causes = needs.DistinctBy(need => need.JobId, StringComparer.Ordinal).ToDictionary(need => need.JobId, StringComparer.Ordinal);
        var dependantIds = causes.Keys.ToList();
        var dependants = await JobRow.From(db.Jobs.Where(job => dependantIds.Contains(job.Id) && job.State == JobState.Pending && job.AgentId == null))
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

    private static Task ReleaseAsync(JobServerDb db, List<string> succeeded, CancellationToken cancellationToken) =>
        db.Jobs
            .Where(job => job.State == JobState.Pending && job.StatusCode == JobStatusCode.WaitingOnDependencies
                && db.JobNeeds.Any(need => need.JobId == job.Id && succeeded.Contains(need.NeededJobId))
                && !db.JobNeeds.Any(need => need.JobId == job.Id && need.NeededJob.State != JobState.Succeeded))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(job => job.StatusCode, JobStatusCode.WaitingOnWorkers)
                    .SetProperty(job => job.StatusMessage, JobStatusCode.WaitingOnWorkers.DefaultMessage())
                    .SetProperty(job => job.Revision, job => job.Revision + 1),
                cancellationToken);
}
