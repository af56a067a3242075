using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Agents;

/// <summary>Leases whose session lapsed. Finding them is cheap and changes nothing.</summary>
public static class LapsedLeases
{
    /// <summary>Open jobs held by agents whose newest session lapsed before <paramref name="now"/>.</summary>
    public static async Task<IReadOnlyList<AttemptHolder>> FindAsync(JobServerDb db, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        return await db.Jobs.AsNoTracking()
            .Where(job => job.AgentId != null && (job.State == JobState.Pending || job.State == JobState.Running)
                && !db.AgentSessions.Any(session => session.AgentId == job.AgentId && session.ExpiresAt > now))
            .OrderBy(job => job.JobRequestId).ThenBy(job => job.Position)
            .Take(most)
            .Select(job => new AttemptHolder
            {
                AgentId = job.AgentId!,
                SessionEpoch = db.Agents.Where(agent => agent.Id == job.AgentId).Select(agent => agent.SessionEpoch).Single(),
                JobId = job.Id,
                Fence = job.Fence,
            })
            .ToListAsync(cancellationToken);
    }
}
