namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>An agent that is not active is leased nothing; one that is drained holds nothing.</summary>
internal sealed class I17Drain() : Invariant("I17 drain")
{
    public override void Committed(Rows before, Rows now, Witness witness)
    {
        foreach (var leased in now.NewEvents.Where(one => one.Kind == "leased" && now.Agents[one.AgentId!].Mode != "active"))
        {
            Violated($"Job {leased.JobId} was leased to {leased.AgentId}, which is {now.Agents[leased.AgentId!].Mode}.");
        }

        foreach (var agent in now.Agents.Values.Where(agent => agent.Mode == "drained" && before.Agents.GetValueOrDefault(agent.Id)?.Mode != "drained"))
        {
            if (now.Jobs.Values.FirstOrDefault(job => job.AgentId == agent.Id && !job.IsEnded) is { } held)
            {
                Violated($"Agent {agent.Id} became drained and holds job {held.Id}.");
            }
        }
    }
}
