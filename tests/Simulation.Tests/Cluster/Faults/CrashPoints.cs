namespace JobServer.Simulation.Tests.Cluster.Faults;

/// <summary>Counts every place where a crash could matter, and names the one where it comes.</summary>
/// <param name="at">From 1 on; 0 for none.</param>
/// <param name="withPower">Whether the machine goes down too.</param>
internal sealed class CrashPoints(int at, bool withPower)
{
    public int At => at;

    public int Passed { get; private set; }

    public bool WithPower => withPower;

    /// <summary>Whether the process ends here.</summary>
    public bool IsHere() => ++Passed == at;
}
