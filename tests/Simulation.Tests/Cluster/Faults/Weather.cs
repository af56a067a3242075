using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Faults;

/// <summary>How likely things go wrong just now, each time one could.</summary>
internal sealed class Weather
{
    public double CrashAtCommit { get; set; }

    public double CrashAtWrite { get; set; }

    public double WriteFails { get; set; }

    public bool IsDatabaseSlow { get; set; }

    public TimeSpan WriteDelay(Simulator simulator) =>
        IsDatabaseSlow && simulator.Chance(0.1) ? simulator.Span(0.1, 4) : simulator.Span(0.0002, 0.004);

    public void Clear()
    {
        CrashAtCommit = CrashAtWrite = WriteFails = 0;
        IsDatabaseSlow = false;
    }
}
