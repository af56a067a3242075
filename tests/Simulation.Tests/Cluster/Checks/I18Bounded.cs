using JobServer.Simulation.Tests.Cluster.Network;

namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>What waits on a line is bounded; that nothing waits for ever is checked by every job's end.</summary>
internal sealed class I18Bounded() : Invariant("I18 bounded")
{
    private const int MostFrames = 2_000;

    public void Look(SimNetwork network)
    {
        foreach (var connection in network.Live.Where(connection => connection.Up.Waiting > MostFrames || connection.Down.Waiting > MostFrames))
        {
            Violated($"{connection.Up.Waiting} frames wait up and {connection.Down.Waiting} down between {connection.Agent.Name} and {connection.Coordinator.Name}.");
        }
    }
}
