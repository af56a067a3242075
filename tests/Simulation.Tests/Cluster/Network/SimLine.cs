using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>A stream between one agent's process and one Coordinator's.</summary>
internal abstract class SimLine
{
    protected SimLine(SimProcess agent, SimProcess coordinator, IPipe up, IPipe down)
    {
        (Agent, Coordinator, UpWay, DownWay) = (agent, coordinator, up, down);
        UpWay.Reset = () =>
        {
            DownWay.Refuse();
            Call.Cancel();
        };
        DownWay.Reset = UpWay.Refuse;
    }

    public SimProcess Agent { get; }

    public SimProcess Coordinator { get; }

    public IPipe UpWay { get; }

    public IPipe DownWay { get; }

    /// <summary>Cancelled at the Coordinator when its peer is known to be gone.</summary>
    public CancellationTokenSource Call { get; } = new();

    public bool IsOver { get; private set; }

    /// <summary>The agent has let go of the call.</summary>
    public void LeaveAtAgent(bool cleanly)
    {
        if (cleanly)
        {
            UpWay.Close();
        }
        else
        {
            UpWay.Break();
        }

        IsOver = true;
    }

    /// <summary>The Coordinator's method has returned.</summary>
    public void LeaveAtCoordinator(bool cleanly)
    {
        if (cleanly)
        {
            DownWay.Close();
        }
        else
        {
            DownWay.Break();
        }

        UpWay.Refuse();
        IsOver = true;
    }

    /// <summary>Something on the way cut the line; both sides hear of it, each when it does.</summary>
    public void Drop()
    {
        UpWay.Break();
        DownWay.Break();
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
            UpWay.Break();
        }
        else
        {
            DownWay.Break();
        }
    }
}
