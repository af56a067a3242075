using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Flows;

internal sealed class RestartFlow() : Flow("a restart of the agent while a job runs", "succeeded")
{
    public override void Begin(SimSite site, IReadOnlyList<SimAgent> agents, SimPeople people)
    {
        site.Simulator.After(TimeSpan.FromSeconds(0.5), () => people.Submit(OneAction));
        site.Simulator.After(TimeSpan.FromSeconds(1.2), () =>
        {
            if (agents[0].IsAlive)
            {
                agents[0].Stop();
            }
        });
    }
}
