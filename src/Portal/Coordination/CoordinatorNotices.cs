using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Portal.Live;

namespace JobServer.Portal.Coordination;

/// <summary>Tells the Coordinator that rows changed. Only speed depends on it: a failure is noted and forgotten.</summary>
internal sealed class CoordinatorNotices(CoordinatorChannel channel, ChangeHub hub, TimeProvider timeProvider, ILogger<CoordinatorNotices> logger)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <summary>Call it after the commit.</summary>
    public Task RequestChangedAsync(int requestId, CancellationToken cancellationToken)
    {
        hub.Publish(ChangeKeys.OfRequest(requestId));
        return TellAsync(new RowsChangedRequest { Changes = { new Change { Kind = ChangeKind.JobRequest, Id = requestId } } }, cancellationToken);
    }

    /// <summary>Tokens, or what agents should do. Call it after the commit; not with a token of a browser that may leave.</summary>
    public Task BackendChangedAsync(CancellationToken cancellationToken) => TellAsync(new RowsChangedRequest(), cancellationToken);

    private async Task TellAsync(RowsChangedRequest notice, CancellationToken cancellationToken)
    {
        try
        {
            await channel.Client.RowsChangedAsync(notice, channel.Metadata, timeProvider.GetUtcNow().UtcDateTime + Deadline, cancellationToken);
        }
        catch (RpcException exception)
        {
            CoordinationLog.NoticeFailed(logger, exception.StatusCode);
        }
    }
}
