using JobServer.Coordinator.Dispatch;
using JobServer.Coordinator.Telemetry;
using JobServer.Data;
using JobServer.Data.Agents;
using JobServer.Data.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Leases;

/// <summary>Queues jobs again whose agent has been gone for longer than its lease. Silence alone never fails a job.</summary>
internal sealed class LeaseSweeper(
    JobLeases leases, IDbContextFactory<JobServerDb> contexts, IDatabaseClock clock, IOptions<CoordinatorOptions> options,
    DispatchSignal dispatch, ILogger<LeaseSweeper> logger)
{
    private const int Most = 200;

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var alive = now - ClusterRecord.OthersAreAlive;
        var cluster = await db.ClusterStates.AsNoTracking()
            .Select(state => new { state.ServingSince, IsAwake = db.CoordinatorInstances.Any(instance => instance.HeartbeatAt > alive) })
            .SingleAsync(cancellationToken);

        // Not awake: everybody stood still since the last beat, agents could reach nobody, and the next beat will say so.
        if (cluster.ServingSince is null || !cluster.IsAwake || now - cluster.ServingSince < options.Value.GraceAfterGap)
        {
            return;
        }

        foreach (var holder in await LapsedLeases.FindAsync(db, now, Most, cancellationToken))
        {
            if (await leases.LapseAsync(holder, now, "The backend's agent was not heard of for too long", cancellationToken) != LeaseChange.NotHeld)
            {
                CoordinatorMetrics.LeaseExpired();
                LeaseLog.Lapsed(logger, holder.AgentId, holder.JobId, holder.Fence);
                dispatch.Raise();
            }
        }
    }
}
