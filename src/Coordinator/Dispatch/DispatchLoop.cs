using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Dispatch;

internal sealed class DispatchLoop(
    Dispatcher dispatcher, DispatchSignal signal, IOptions<CoordinatorOptions> options, IHostApplicationLifetime lifetime, TimeProvider timeProvider, ILogger<DispatchLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // No new claims from the moment the host is told to stop.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await Loops.RunAsync("dispatch", signal, options.Value.Poll, dispatcher.RunOnceAsync, timeProvider, logger, either.Token);
    }
}
