using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Simulation.Tests.Cluster.Checks;
using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>The answers of a Coordinator to a log stream.</summary>
internal sealed class SimLogWriter(SimLogLine line, SimProcess process, Observer observer) : IServerStreamWriter<LogReply>
{
    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(LogReply message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(LogReply message, CancellationToken cancellationToken)
    {
        var copy = message.Clone();
        observer.LogAnswered(process, copy);
        return line.Down.SendAsync(copy, cancellationToken);
    }
}
