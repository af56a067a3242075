using Microsoft.Extensions.Hosting;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

#pragma warning disable CA1001 // A process that was killed disposes of nothing.
internal sealed class SimLifetime : IHostApplicationLifetime
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _stopping = new();

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => _stopping.Cancel();
}
