namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>A terminal state, its time and its manifest never change.</summary>
internal sealed class I04Terminal() : Invariant("I4 terminal")
{
    public override void Committed(Rows before, Rows now, Witness witness)
    {
        foreach (var second in now.NewEvents.Where(one => one.Kind == "contradicted"))
        {
            Violated($"{second.AgentId} reported another end of job {second.JobId}, fence {second.Fence}, than its first.");
        }

        foreach (var (old, job) in Pairs(before, now).Where(pair => pair.Before.IsEnded))
        {
            if ((old.State, old.Code, old.Fence, old.CompletedAt, old.ManifestDigest) != (job.State, job.Code, job.Fence, job.CompletedAt, job.ManifestDigest))
            {
                Violated($"Job {job.Id} had ended as {old.Code} at {old.CompletedAt}, and is {job.Code} at {job.CompletedAt}, fence {job.Fence}.");
            }
        }
    }
}
