using Grpc.Core;
using JobServer.Contracts.V1;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>The frames of a log stream as a Coordinator reads them.</summary>
internal sealed class SimLogReader(SimLogLine line) : IAsyncStreamReader<LogFrame>
{
    private LogFrame? _current;

    public LogFrame Current => _current ?? throw new InvalidOperationException("Nothing was read.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        _current = await line.Up.ReadAsync(cancellationToken);
        return _current is not null;
    }
}
