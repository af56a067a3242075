using Grpc.Core;
using JobServer.Contracts.V1;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>The frames of an upload as a Coordinator reads them; the line may break among them.</summary>
internal sealed class SimUpload(List<UploadFrame> frames, int cutAt, ServerCallContext context) : IAsyncStreamReader<UploadFrame>
{
    private int _next;

    public UploadFrame Current => frames[_next - 1];

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        if (_next == cutAt)
        {
            throw new IOException("The client reset the request stream.");
        }

        return Task.FromResult(_next++ < frames.Count);
    }
}
