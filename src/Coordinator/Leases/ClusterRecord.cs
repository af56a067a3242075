using JobServer.Data;
using JobServer.Data.Writing;
using JobServer.Domain.Agents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Leases;

/// <summary>This Coordinator's row, and since when some Coordinator has served without a gap.</summary>
internal sealed class ClusterRecord(DatabaseWriter writer, IDatabaseClock clock, IOptions<CoordinatorOptions> options, Random random)
{
    public static readonly TimeSpan OthersAreAlive = TimeSpan.FromSeconds(15);

    public string CoordinatorId { get; } = NewId(random);

    public string HistoryId { get; private set; } = "";

    public Task StartAsync(CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var now = await clock.NowAsync(token);
            var state = await db.ClusterStates.SingleOrDefaultAsync(token);
            if (state is null)
            {
                state = new ClusterState { HistoryId = NewId(random) };
                db.ClusterStates.Add(state);
            }

            // After a gap agents need time to come back before any lease may lapse.
            var since = now - OthersAreAlive;
            if (state.ServingSince is null || !await db.CoordinatorInstances.AnyAsync(other => other.HeartbeatAt > since, token))
            {
                state.ServingSince = now;
            }

            db.CoordinatorInstances.Add(new CoordinatorInstance { Id = CoordinatorId, Endpoint = options.Value.Listen, ServingSince = now, HeartbeatAt = now });
            HistoryId = state.HistoryId;
        },
        cancellationToken);

    public Task BeatAsync(CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var now = await clock.NowAsync(token);
            var old = now - TimeSpan.FromDays(1);
            var since = now - OthersAreAlive;
            if (!await db.CoordinatorInstances.AnyAsync(any => any.HeartbeatAt > since, token))
            {
                // This process stood still, and no agent could reach anybody meanwhile.
                DateTimeOffset? from = now;
                await db.ClusterStates.ExecuteUpdateAsync(set => set.SetProperty(state => state.ServingSince, from), token);
            }

            await db.CoordinatorInstances.Where(instance => instance.Id == CoordinatorId)
                .ExecuteUpdateAsync(set => set.SetProperty(instance => instance.HeartbeatAt, now), token);
            await db.CoordinatorInstances.Where(instance => instance.HeartbeatAt < old).ExecuteDeleteAsync(token);
        },
        cancellationToken);

    private static string NewId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
