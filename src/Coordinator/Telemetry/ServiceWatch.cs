using JobServer.Coordinator.Agents;
using JobServer.Data;
using JobServer.Data.Jobs;

namespace JobServer.Coordinator.Telemetry;

/// <summary>Looks now and then for what must not be: work that waits beside free slots, and a clock that is not the database's.</summary>
internal sealed class ServiceWatch(
    CoordinatorGauges gauges, AgentDirectory directory, JobClaims claims, IDatabaseClock clock, TimeProvider timeProvider, ILogger<ServiceWatch> logger)
    : BackgroundService
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(int BackendId, bool UsesDatabase), long> _waitingSince = [];
    private readonly Never _never = new();

    /// <summary>Kinds of work of a backend that have waited for 30 s although an agent has room; should be 0.</summary>
    public int Starved { get; private set; }

    public TimeSpan ClockDisagreement { get; private set; }

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        ClockDisagreement = (await clock.NowAsync(cancellationToken) - timeProvider.GetUtcNow()).Duration();
        var room = directory.Live.Where(session => session.MayAssign && session.PushedMode == Domain.Agents.AgentMode.Active)
            .SelectMany(session => Room(session).Select(usesDatabase => (session.BackendId, usesDatabase)))
            .ToHashSet();
        if (room.Count > 0)
        {
            room.IntersectWith(await claims.ReadyAsync([.. room.Select(one => one.BackendId).Distinct()], cancellationToken));
        }

        foreach (var gone in _waitingSince.Keys.Where(one => !room.Contains(one)).ToList())
        {
            _waitingSince.Remove(gone);
        }

        foreach (var one in room)
        {
            _waitingSince.TryAdd(one, timeProvider.GetTimestamp());
        }

        Starved = _waitingSince.Values.Count(since => timeProvider.GetElapsedTime(since) >= Patience);
        gauges.Watched(Starved, ClockDisagreement);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loops.RunAsync("watch", _never, Interval, RunOnceAsync, timeProvider, logger, stoppingToken);

    /// <summary>Nobody raises it.</summary>
    private sealed class Never : WakeSignal;

    private static IEnumerable<bool> Room(AgentSession session)
    {
        var credits = session.Credits;
        if (credits.Standard > 0)
        {
            yield return false;
        }

        if (credits.Database > 0)
        {
            yield return true;
        }
    }
}
