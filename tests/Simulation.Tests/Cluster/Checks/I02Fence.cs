namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>A job's fence never goes down, and each new lease has a higher one.</summary>
internal sealed class I02Fence() : Invariant("I2 fence")
{
    public override void Committed(Rows before, Rows now, Witness witness)
    {
        foreach (var (old, job) in Pairs(before, now).Where(pair => pair.Now.Fence < pair.Before.Fence))
        {
            Violated($"The fence of job {job.Id} went from {old.Fence} to {job.Fence}.");
        }

        foreach (var leased in now.NewEvents.Where(one => one.Kind == "leased" && witness.Leases.ContainsKey((one.JobId, one.Fence))))
        {
            Violated($"Job {leased.JobId} was leased twice under fence {leased.Fence}.");
        }
    }
}
