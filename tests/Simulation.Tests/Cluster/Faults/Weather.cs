using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Faults;

/// <summary>How likely things go wrong just now, each time one could.</summary>
internal sealed class Weather
{
    private long _outUntil;

    public double CrashAtCommit { get; set; }

    public double CrashAtWrite { get; set; }

    /// <summary>At any step of a process, whatever it waits for.</summary>
    public double CrashAnywhere { get; set; }

    public double WriteFails { get; set; }

    /// <summary>The one crash of a run that has it planned.</summary>
    public CrashPoints? Points { get; set; }

    public bool IsDatabaseSlow { get; set; }

    public TimeSpan WriteDelay(Simulator simulator) =>
        IsDatabaseSlow && simulator.Chance(0.1) ? simulator.Span(0.1, 4) : simulator.Span(0.0002, 0.004);

    /// <summary>Whether a write fails before it has begun: alone, or with all others for a while.</summary>
    public bool Fails(Simulator simulator)
    {
        if (simulator.Now < _outUntil)
        {
            return true;
        }

        if (!simulator.Chance(WriteFails / 2))
        {
            return false;
        }

        _outUntil = simulator.Chance(0.5) ? simulator.Now + simulator.Span(0.05, 1.5).Ticks : 0;
        return true;
    }

    public void Clear()
    {
        _outUntil = 0;
        CrashAtCommit = CrashAtWrite = CrashAnywhere = WriteFails = 0;
        IsDatabaseSlow = false;
    }
}
