using Grpc.Core;
using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Connection;

/// <summary>Opens the control stream and shows it as a <see cref="SessionLink"/>.</summary>
internal sealed class GrpcLinks(CoordinatorChannels channels) : ISessionLinks
{
    public async Task<T> UseAsync<T>(Func<SessionLink, Task<T>> use)
    {
        using var call = new Agents.AgentsClient(channels.Control).Connect(channels.Metadata);
        var result = await use(new SessionLink
        {
            Read = async token => await call.ResponseStream.MoveNext(token) ? call.ResponseStream.Current : null,
            Write = (frame, token) => call.RequestStream.WriteAsync(frame, token),
        });

        try
        {
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException or IOException)
        {
            // The link is gone already.
        }

        return result;
    }
}
