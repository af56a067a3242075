using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Portal.Live;

namespace JobServer.Portal.Coordination;

/// <summary>Passes the Coordinator's changes on to open pages. While it is away, those pages poll each second.</summary>
internal sealed class ChangeWatcher(CoordinatorChannel channel, ChangeHub hub, TimeProvider timeProvider, ILogger<ChangeWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WatchAsync(stoppingToken);
            }
            catch (RpcException exception)
            {
                CoordinationLog.WatchFailed(logger, exception.StatusCode);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Retry, timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var call = channel.Client.WatchChanges(new WatchChangesRequest(), channel.Metadata, cancellationToken: cancellationToken);
        await foreach (var change in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (change.Kind == ChangeKind.JobRequest)
            {
                hub.Publish(ChangeKeys.OfRequest((int)change.Id));
            }
        }
    }
}
