using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Flows;

/// <summary>One thing that people do with a cluster, always at the same times, and how it has to end.</summary>
internal abstract class Flow(string name, string end)
{
    protected const string OneAction = """
        version: '3.0'
        actions:
          first:
            run: python:v2 python analysis/first.py
            outputs:
              moderately_sensitive:
                table: output/first.csv

        """;

    public string Name => name;

    /// <summary>The status code of all its jobs.</summary>
    public string End => end;

    /// <summary>In seconds.</summary>
    public virtual double JobTime => 1.5;

    /// <summary>Whether it has done what it does; jobs and logs may still be open.</summary>
    public virtual bool IsOver => true;

    public abstract void Begin(SimSite site, IReadOnlyList<SimAgent> agents, SimPeople people);

    /// <summary>Each second.</summary>
    public virtual void Look(SimSite site, SimPeople people)
    {
    }
}
