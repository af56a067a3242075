using JobServer.Simulation.Tests.Cluster.Network;

namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>What waits on a line is bounded; that nothing waits for ever is checked by every job's end.</summary>
internal sealed class I18Bounded() : Invariant("I18 bounded")
{
    private const int MostFrames = 2_000;

    public void Look(SimNetwork network)
    {
        foreach (var line in network.Live.Where(line => line.UpWay.Waiting > MostFrames || line.DownWay.Waiting > MostFrames))
        {
            Violated($"{line.UpWay.Waiting} frames wait up and {line.DownWay.Waiting} down between {line.Agent.Name} and {line.Coordinator.Name}.");
        }
    }
}
