using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Portal.Coordination;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Users;

/// <summary>Cancels what a person has running, in the name of somebody else.</summary>
internal sealed class OpenRunsOf(IDbContextFactory<JobServerDb> contexts, JobCancellations cancellations, CoordinatorNotices notices)
{
    /// <returns>How many requests were cancelled.</returns>
    public async Task<int> CancelAsync(int userId, int byId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var requests = await db.JobRequests.AsNoTracking()
            .Where(request => request.CreatedById == userId && (request.PendingJobs > 0 || request.RunningJobs > 0))
            .OrderBy(request => request.Id).Select(request => request.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in requests)
        {
            await cancellations.CancelRequestAsync(id, byId, cancellationToken);
            await notices.RequestChangedAsync(id, cancellationToken);
        }

        return requests.Count;
    }
}
