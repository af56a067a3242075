using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>Keeps on the request what lists show of its jobs.</summary>
internal static class RequestSums
{
    public static async Task ApplyAsync(JobServerDb db, int requestId, RequestDelta delta, CancellationToken cancellationToken)
    {
        // The update of the counts takes the row's lock, so what is read after it is not changed by anybody else.
        await db.JobRequests.Where(request => request.Id == requestId).ExecuteUpdateAsync(
            set => set
                .SetProperty(request => request.PendingJobs, request => request.PendingJobs + delta[JobState.Pending])
                .SetProperty(request => request.RunningJobs, request => request.RunningJobs + delta[JobState.Running])
                .SetProperty(request => request.SucceededJobs, request => request.SucceededJobs + delta[JobState.Succeeded])
                .SetProperty(request => request.FailedJobs, request => request.FailedJobs + delta[JobState.Failed])
                .SetProperty(request => request.CancelledJobs, request => request.CancelledJobs + delta.Cancelled)
                .SetProperty(request => request.Revision, request => request.Revision + 1),
            cancellationToken);

        var sums = await db.JobRequests.AsNoTracking().Where(request => request.Id == requestId)
            .Select(request => new
            {
                request.PendingJobs,
                request.RunningJobs,
                request.SucceededJobs,
                request.FailedJobs,
                request.CancelledJobs,
                request.FirstStartedAt,
                request.Runtime,
                request.EndedAt,
            })
            .SingleAsync(cancellationToken);

        var state = JobRequestStates.From(sums.PendingJobs, sums.RunningJobs, sums.SucceededJobs, sums.FailedJobs, sums.CancelledJobs);
        var isEnded = sums.PendingJobs == 0 && sums.RunningJobs == 0;
        var firstStarted = Earlier(sums.FirstStartedAt, delta.Started);
        var ended = isEnded ? Later(sums.EndedAt, delta.Ended) : null;
        var runtime = sums.Runtime + delta.Runtime;
        await db.JobRequests.Where(request => request.Id == requestId).ExecuteUpdateAsync(
            set => set
                .SetProperty(request => request.State, state)
                .SetProperty(request => request.FirstStartedAt, firstStarted)
                .SetProperty(request => request.EndedAt, ended)
                .SetProperty(request => request.Runtime, runtime),
            cancellationToken);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b ?? a : a;
}
