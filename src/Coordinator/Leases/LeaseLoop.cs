namespace JobServer.Coordinator.Leases;

internal sealed class LeaseLoop(LeaseSweeper sweeper, ClusterRecord cluster, SweepSignal signal, TimeProvider timeProvider, ILogger<LeaseLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Loops.RunAsync(
        "lease",
        signal,
        Interval,
        async token =>
        {
            await cluster.BeatAsync(token);
            await sweeper.RunOnceAsync(token);
        },
        timeProvider,
        logger,
        stoppingToken);
}
