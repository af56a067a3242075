namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>An attempt is started at most once, whatever happens to its agent.</summary>
internal sealed class I07StartOnce() : Invariant("I7 start once")
{
    public void Started(string agent, string jobId, long fence, Witness witness)
    {
        var starts = witness.Starts[(jobId, fence)] = witness.Starts.GetValueOrDefault((jobId, fence)) + 1;
        if (starts > 1)
        {
            Violated($"{agent} started job {jobId}, fence {fence}, for the {starts}. time.");
        }
    }
}
