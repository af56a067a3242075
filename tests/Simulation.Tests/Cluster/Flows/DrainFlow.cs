using JobServer.Domain.Agents;
using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Flows;

/// <summary>The agent finishes what it has, becomes drained, and is made active again.</summary>
internal sealed class DrainFlow() : Flow("a drain, and back", "succeeded")
{
    private bool _isOver;

    public override bool IsOver => _isOver;

    public override void Begin(SimSite site, IReadOnlyList<SimAgent> agents, SimPeople people)
    {
        site.Simulator.After(TimeSpan.FromSeconds(0.5), () => people.Submit(OneAction));
        Drain(site, agents, people, TimeSpan.FromSeconds(1.2));
    }

    public override void Look(SimSite site, SimPeople people)
    {
        if (!_isOver && site.Observer.Rows.Agents.Values.FirstOrDefault(agent => agent.Mode == "drained") is { } drained)
        {
            _isOver = true;
            people.SetMode(drained.Id, AgentMode.Active);
        }
    }

    // It may not have its row yet.
    private static void Drain(SimSite site, IReadOnlyList<SimAgent> agents, SimPeople people, TimeSpan wait) => site.Simulator.After(wait, () =>
    {
        if (site.Observer.Rows.Agents.ContainsKey(agents[0].Id))
        {
            people.SetMode(agents[0].Id, AgentMode.Draining);
        }
        else
        {
            Drain(site, agents, people, TimeSpan.FromSeconds(0.5));
        }
    });
}
