using Grpc.Core;
using JobServer.Contracts.V1;

namespace JobServer.Benchmarks.Dispatch;

/// <summary>Answers each frame with the smallest one: the cost of the transport alone.</summary>
internal sealed class EchoService : Agents.AgentsBase
{
    public override async Task Connect(IAsyncStreamReader<AgentFrame> requestStream, IServerStreamWriter<CoordinatorFrame> responseStream, ServerCallContext context)
    {
        await foreach (var frame in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(new CoordinatorFrame { HeartbeatAck = new HeartbeatAck { RenewedBy = frame.Heartbeat.SentAt } }, context.CancellationToken);
        }
    }
}
