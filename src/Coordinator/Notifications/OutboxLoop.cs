namespace JobServer.Coordinator.Notifications;

internal sealed class OutboxLoop(OutboxSender sender, OutboxSignal signal, TimeProvider timeProvider, ILogger<OutboxLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loops.RunAsync("outbox", signal, Interval, sender.RunOnceAsync, timeProvider, logger, stoppingToken);
}
