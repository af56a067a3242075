namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>A cancel is never forgotten, and no fence is given out after it. That the job ends is checked with all others.</summary>
internal sealed class I10CancelSticks() : Invariant("I10 cancel sticks")
{
    public override void Committed(Rows before, Rows now, Witness witness)
    {
        foreach (var (old, job) in Pairs(before, now).Where(pair => pair.Before.IsCancelRequested))
        {
            if (!job.IsCancelRequested)
            {
                Violated($"The cancel of job {job.Id} was forgotten.");
            }
            else if (job.Fence != old.Fence)
            {
                Violated($"Job {job.Id} was cancelled and then leased under fence {job.Fence}.");
            }
        }
    }
}
