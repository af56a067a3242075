using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>With nothing in the way, a job that may run and an agent with room come together within half a minute.</summary>
internal sealed class I15NoStarvation() : Invariant("I15 no starvation")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, TimeSpan> _since = new(StringComparer.Ordinal);

    /// <summary>To be called now and then while nothing goes wrong.</summary>
    /// <param name="connected">The ids of agents that have a live session.</param>
    public void Look(TimeSpan now, Rows rows, IReadOnlySet<string> connected)
    {
        foreach (var job in rows.Jobs.Values)
        {
            if (!job.IsReady || job.NotBefore > (SimTime.Start + now).UtcDateTime || !rows.Agents.Values.Any(agent => connected.Contains(agent.Id) && HasRoom(rows, agent, job)))
            {
                _since.Remove(job.Id);
            }
            else if (_since.TryAdd(job.Id, now))
            {
                continue;
            }
            else if (now - _since[job.Id] > Patience)
            {
                Violated($"Job {job.Id} could have run since {_since[job.Id].TotalSeconds:0.0} s, and an agent had room.");
            }
        }
    }

    private static bool HasRoom(Rows rows, AgentView agent, JobView job) =>
        agent.Mode == "active"
        && rows.Jobs.Values.Where(held => held.AgentId == agent.Id && !held.IsEnded && held.UsesDatabase == job.UsesDatabase).Sum(held => held.Slots) + job.Slots
            <= agent.SlotsOf(job.UsesDatabase);
}
