using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>A line with its frames.</summary>
internal abstract class SimStream<TUp, TDown> : SimLine
    where TUp : class
    where TDown : class
{
    protected SimStream(SimProcess agent, SimProcess coordinator, Func<TimeSpan> delay)
        : this(agent, coordinator, new Pipe<TUp>(agent, coordinator, delay), new Pipe<TDown>(coordinator, agent, delay))
    {
    }

    private SimStream(SimProcess agent, SimProcess coordinator, Pipe<TUp> up, Pipe<TDown> down)
        : base(agent, coordinator, up, down) => (Up, Down) = (up, down);

    public Pipe<TUp> Up { get; }

    public Pipe<TDown> Down { get; }
}
