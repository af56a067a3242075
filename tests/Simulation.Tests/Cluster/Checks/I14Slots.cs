namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>An agent never holds more open jobs of a kind than it declared slots.</summary>
internal sealed class I14Slots() : Invariant("I14 slots")
{
    public override void Committed(Rows before, Rows now, Witness witness)
    {
        foreach (var held in now.Jobs.Values.Where(job => !job.IsEnded && job.AgentId is not null).GroupBy(job => (job.AgentId, job.UsesDatabase)))
        {
            var slots = now.Agents[held.Key.AgentId!].SlotsOf(held.Key.UsesDatabase);
            if (held.Sum(job => job.Slots) > slots)
            {
                Violated($"Agent {held.Key.AgentId} holds {string.Join(", ", held.Select(job => job.Id))} with {slots} slots.");
            }
        }
    }
}
