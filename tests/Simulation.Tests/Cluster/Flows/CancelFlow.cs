using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Flows;

internal sealed class CancelFlow() : Flow("a cancel of a running job", "cancelled_by_user")
{
    /// <summary>None ends by itself before the cancel reaches it.</summary>
    public override double JobTime => 60;

    public override void Begin(SimSite site, IReadOnlyList<SimAgent> agents, SimPeople people)
    {
        site.Simulator.After(TimeSpan.FromSeconds(0.5), () => people.Submit(OneAction));
        site.Simulator.After(TimeSpan.FromSeconds(1.2), people.CancelSomething);
    }
}
