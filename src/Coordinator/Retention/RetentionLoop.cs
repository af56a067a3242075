namespace JobServer.Coordinator.Retention;

internal sealed class RetentionLoop(RetentionSweep sweep, RetentionSignal signal, TimeProvider timeProvider, ILogger<RetentionLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loops.RunAsync("retention", signal, Interval, sweep.RunOnceAsync, timeProvider, logger, stoppingToken);
}
