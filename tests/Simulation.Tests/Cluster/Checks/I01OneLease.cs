namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>A (job, fence) is leased to one agent only, and what is leased names its agent.</summary>
internal sealed class I01OneLease() : Invariant("I1 one lease")
{
    public override void Committed(Rows before, Rows now, Witness witness)
    {
        foreach (var leased in now.NewEvents.Where(one => one.Kind is "leased" or "re_adopted"))
        {
            var holder = witness.Leases.GetValueOrDefault((leased.JobId, leased.Fence), leased.AgentId ?? "nobody");
            if (holder != leased.AgentId)
            {
                Violated($"Job {leased.JobId}, fence {leased.Fence}, was leased to {holder} and then to {leased.AgentId}.");
            }
        }

        foreach (var job in now.Jobs.Values.Where(job => job.State == "running" && job.AgentId is null))
        {
            Violated($"Job {job.Id} runs and nobody holds it.");
        }
    }
}
