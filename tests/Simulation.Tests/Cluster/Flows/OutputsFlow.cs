using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Flows;

internal sealed class OutputsFlow() : Flow("a job with outputs and a log", "succeeded")
{
    public override void Begin(SimSite site, IReadOnlyList<SimAgent> agents, SimPeople people) =>
        site.Simulator.After(TimeSpan.FromSeconds(0.5), () => people.Submit(OneAction));
}
