using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Authentication;
using JobServer.Coordinator.Dispatch;
using Microsoft.AspNetCore.Authorization;

namespace JobServer.Coordinator.Gateway;

/// <summary>Makes Portals fast: they tell what they committed, and hear what changed.</summary>
[Authorize(CoordinatorAuthentication.Internal)]
internal sealed class PortalGatewayService(DispatchSignal dispatch, DesiredSignal desired, TokenSignal tokens, ChangeFeed changes, IHostApplicationLifetime lifetime) : PortalGateway.PortalGatewayBase
{
    private const int MaxChanges = 1000;

    public override Task<RowsChangedReply> RowsChanged(RowsChangedRequest request, ServerCallContext context)
    {
        dispatch.Raise();
        desired.Raise();
        tokens.Raise();
        changes.Publish(request.Changes.Take(MaxChanges));
        return Task.FromResult(new RowsChangedReply());
    }

    public override async Task WatchChanges(WatchChangesRequest request, IServerStreamWriter<Change> responseStream, ServerCallContext context)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);

        // Before the headers: whoever has them misses nothing.
        using var watcher = changes.Watch();
        try
        {
            await context.WriteResponseHeadersAsync([]);
            await foreach (var change in watcher.ReadAllAsync(ends.Token))
            {
                await responseStream.WriteAsync(change, ends.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The watcher left or the host stops; it comes back by itself.
        }
    }
}
