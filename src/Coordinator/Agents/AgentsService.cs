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
        var backendId = AgentCaller.BackendOf(context);
        var link = new AgentLink
        {
            BackendId = backendId,
            TokenHash = AgentCaller.TokenHashOf(context),
            ReadAsync = cancellation => ReadAsync(requestStream, cancellation),
            WriteAsync = (frame, cancellation) => WriteAsync(responseStream, frame, cancellation),
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

    private static async Task<AgentFrame?> ReadAsync(IAsyncStreamReader<AgentFrame> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(cancellationToken) ? stream.Current : null;
        }
        catch (RpcException exception)
        {
            throw new InvalidDataException(exception.Status.Detail, exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new IOException("The call has ended.", exception);
        }
    }

    private static async Task WriteAsync(IServerStreamWriter<CoordinatorFrame> stream, CoordinatorFrame frame, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(frame, cancellationToken);
        }
        catch (InvalidOperationException exception)
        {
            throw new IOException("The call has ended.", exception);
        }
    }
}
