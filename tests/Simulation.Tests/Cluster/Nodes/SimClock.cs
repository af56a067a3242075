using JobServer.Data;
using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>The database's own clock, which is right whatever the clocks of processes say.</summary>
internal sealed class SimClock(Simulator simulator) : IDatabaseClock
{
    public ValueTask<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => ValueTask.FromResult(SimTime.Start + TimeSpan.FromTicks(simulator.Now));
}
