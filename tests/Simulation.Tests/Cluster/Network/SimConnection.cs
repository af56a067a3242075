using JobServer.Contracts.V1;
using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>A control stream between one agent's process and one Coordinator's.</summary>
internal sealed class SimConnection
{
    public SimConnection(SimProcess agent, SimProcess coordinator, Func<TimeSpan> delay)
    {
        Agent = agent;
        Coordinator = coordinator;
        Up = new Pipe<AgentFrame>(agent, coordinator, delay);
        Down = new Pipe<CoordinatorFrame>(coordinator, agent, delay);
        Up.Reset = () =>
        {
            Down.Refuse();
            Call.Cancel();
        };
        Down.Reset = Up.Refuse;
    }

    public SimProcess Agent { get; }

    public SimProcess Coordinator { get; }

    public Pipe<AgentFrame> Up { get; }

    public Pipe<CoordinatorFrame> Down { get; }

    /// <summary>Cancelled at the Coordinator when its peer is known to be gone.</summary>
    public CancellationTokenSource Call { get; } = new();

    public bool IsOver { get; private set; }

    /// <summary>The agent has let go of the call.</summary>
    public void LeaveAtAgent(bool cleanly)
    {
        if (cleanly)
        {
            Up.Close();
        }
        else
        {
            Up.Break();
        }

        IsOver = true;
    }

    /// <summary>The Coordinator's method has returned.</summary>
    public void LeaveAtCoordinator(bool cleanly)
    {
        if (cleanly)
        {
            Down.Close();
        }
        else
        {
            Down.Break();
        }

        Up.Refuse();
        IsOver = true;
    }

    /// <summary>Something on the way cut the line; both sides hear of it, each when it does.</summary>
    public void Drop()
    {
        Up.Break();
        Down.Break();
        IsOver = true;
    }

    /// <summary>A process died: its kernel says so to the other side, unless the power went too.</summary>
    public void Died(SimProcess process, bool silently)
    {
        IsOver = true;
        if (silently)
        {
            return;
        }

        if (process == Agent)
        {
            Up.Break();
        }
        else
        {
            Down.Break();
        }
    }
}
