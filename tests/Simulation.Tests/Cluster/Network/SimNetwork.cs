using Grpc.Core;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>The lines between agents and Coordinators, and what goes wrong with them.</summary>
internal sealed class SimNetwork(Simulator simulator)
{
    private readonly List<SimLine> _lines = [];

    /// <summary>Of one frame, in seconds.</summary>
    public (double From, double To) Delay { get; set; } = (0.0005, 0.005);

    /// <summary>How often an agent says an old report again, in whatever session it has by then.</summary>
    public double Echoes { get; set; }

    /// <summary>How often a call of the data connection fails, before or after it has had its effect.</summary>
    public double CallsLost { get; set; }

    /// <summary>How often a chunk arrives other than it was sent.</summary>
    public double ChunksDamaged { get; set; }

    public List<SimCoordinator> Coordinators { get; } = [];

    public IReadOnlyList<SimLine> Live
    {
        get
        {
            _lines.RemoveAll(line => line.IsOver);
            return _lines;
        }
    }

    public TimeSpan Latency() => simulator.Span(Delay.From, Delay.To);

    /// <summary>Opens a stream to any Coordinator that answers.</summary>
    public async Task<SimConnection> DialAsync(SimAgent agent, SimProcess process)
    {
        var coordinator = await ReachAsync(process);
        var connection = new SimConnection(process, coordinator.Process, Latency);
        _lines.Add(connection);
        simulator.Start(coordinator.Process, () => coordinator.ServeAsync(connection, agent));
        return connection;
    }

    /// <summary>Opens a stream for logs, to the same Coordinator or to another one.</summary>
    public async Task<SimLogLine> DialLogAsync(SimProcess process)
    {
        var coordinator = await ReachAsync(process);
        if (simulator.Chance(CallsLost))
        {
            throw Refused();
        }

        var line = new SimLogLine(process, coordinator.Process, Latency);
        _lines.Add(line);
        simulator.Start(coordinator.Process, () => coordinator.ServeLogAsync(line));
        return line;
    }

    public void Died(SimProcess process, bool silently)
    {
        foreach (var line in Live.Where(line => line.Agent == process || line.Coordinator == process).ToList())
        {
            line.Died(process, silently);
        }
    }

    private static RpcException Refused() => new(new Status(StatusCode.Unavailable, "Connection refused"));

    private async Task<SimCoordinator> ReachAsync(SimProcess process)
    {
        await process.DelayAsync(Latency());
        var coordinator = Coordinators[simulator.Random.Next(Coordinators.Count)];
        return coordinator.IsServing ? coordinator : throw Refused();
    }
}
