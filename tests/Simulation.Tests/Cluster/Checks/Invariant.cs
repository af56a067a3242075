namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>One thing that must hold; its id is that of the design.</summary>
internal abstract class Invariant(string id)
{
    public string Id => id;

    /// <summary>Set by the observer: the first call ends the run.</summary>
    public Action<string> Violated { get; set; } = _ => { };

    /// <summary>After each commit.</summary>
    public virtual void Committed(Rows before, Rows now, Witness witness)
    {
    }

    /// <summary>When all is over.</summary>
    public virtual void Ended(Rows rows, IReadOnlyList<FileView> files, Witness witness)
    {
    }

    /// <returns>Jobs of both, before and now.</returns>
    protected static IEnumerable<(JobView Before, JobView Now)> Pairs(Rows before, Rows now)
    {
        foreach (var job in now.Jobs.Values)
        {
            if (before.Jobs.TryGetValue(job.Id, out var old))
            {
                yield return (old, job);
            }
        }
    }
}
