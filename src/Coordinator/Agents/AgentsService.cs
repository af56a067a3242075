using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace JobServer.Coordinator.Agents;

/// <summary>The gRPC face of the control stream; all logic is in <see cref="AgentSessionRunner"/>, which knows no gRPC.</summary>
[Authorize(CoordinatorAuthentication.Agent)]
internal sealed class AgentsService(AgentSessionRunner runner) : Contracts.V1.Agents.AgentsBase
{
    public override async Task Connect(
        IAsyncStreamReader<AgentFrame> requestStream, IServerStreamWriter<CoordinatorFrame> responseStream, ServerCallContext context)
    {
        var link = new AgentLink
        {
            BackendId = AgentCaller.BackendOf(context),
            ReadAsync = async token => await requestStream.MoveNext(token) ? requestStream.Current : null,
            WriteAsync = responseStream.WriteAsync,
        };
        try
        {
            await runner.RunAsync(link, context.CancellationToken);
        }
        catch (IOException)
        {
            // The peer is gone; its next Hello says what it holds.
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
        }
    }
}
