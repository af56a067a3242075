using JobServer.Domain.Backends;
using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>Every log ends: what the machines still have of jobs that ended is stored to its end, or its gap is.</summary>
internal sealed class SpoolCheck(SimSite site, IReadOnlyList<SimAgent> agents)
{
    /// <summary>In bytes; null when nothing of it is left to compare with.</summary>
    public long? PrintedBy((string JobId, long Fence) name) =>
        agents.SelectMany(agent => agent.Machine.Spools).Where(one => one.Name == name).Select(one => (long?)one.Spool.Printed).FirstOrDefault();

    /// <summary>Logs that have to come still, each with how far it is.</summary>
    public IEnumerable<string> Open()
    {
        if (site.Swarm.LogPolicy == LogPolicy.SiteOnly)
        {
            yield break;
        }

        var rows = site.Observer.Rows;
        foreach (var agent in agents)
        {
            foreach (var (name, spool) in agent.Machine.Spools)
            {
                // An attempt that ended otherwise, as by a lapse, was discarded with its log.
                if (site.Observer.EndedByReport.GetValueOrDefault(name) != agent.Id || rows.Jobs[name.JobId].Fence != name.Fence)
                {
                    continue;
                }

                var log = rows.Logs.GetValueOrDefault(name);
                if (log is not { IsComplete: true } || (!spool.IsTorn && log.Committed != spool.Printed))
                {
                    yield return $"{name.JobId}-{name.Fence} of {agent.Name}: {spool.Printed} bytes printed{(spool.IsTorn ? ", torn" : "")}, {log?.ToString() ?? "no row"}";
                }
            }
        }
    }
}
