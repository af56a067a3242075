using Grpc.Core;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>The lines between agents and Coordinators, and what goes wrong with them.</summary>
internal sealed class SimNetwork(Simulator simulator)
{
    private readonly List<SimConnection> _connections = [];

    /// <summary>Of one frame, in seconds.</summary>
    public (double From, double To) Delay { get; set; } = (0.0005, 0.005);

    /// <summary>How often an agent says an old report again, in whatever session it has by then.</summary>
    public double Echoes { get; set; }

    /// <summary>How often a call of the data connection fails, before or after it has had its effect.</summary>
    public double CallsLost { get; set; }

    /// <summary>How often a chunk arrives other than it was sent.</summary>
    public double ChunksDamaged { get; set; }

    public List<SimCoordinator> Coordinators { get; } = [];

    public IReadOnlyList<SimConnection> Live
    {
        get
        {
            _connections.RemoveAll(connection => connection.IsOver);
            return _connections;
        }
    }

    public TimeSpan Latency() => simulator.Span(Delay.From, Delay.To);

    /// <summary>Opens a stream to any Coordinator that answers.</summary>
    public async Task<SimConnection> DialAsync(SimAgent agent, SimProcess process)
    {
        await process.DelayAsync(Latency());
        var coordinator = Coordinators[simulator.Random.Next(Coordinators.Count)];
        if (!coordinator.IsServing)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "Connection refused"));
        }

        var connection = new SimConnection(process, coordinator.Process, Latency);
        _connections.Add(connection);
        simulator.Start(coordinator.Process, () => coordinator.ServeAsync(connection, agent));
        return connection;
    }

    public void Died(SimProcess process, bool silently)
    {
        foreach (var connection in Live.Where(connection => connection.Agent == process || connection.Coordinator == process).ToList())
        {
            connection.Died(process, silently);
        }
    }
}
