using JobServer.Contracts.V1;

namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>What is applied was reported by the holder of the row's fence, under that fence.</summary>
internal sealed class I03CurrentOnly() : Invariant("I3 current only")
{
    public override void Committed(Rows before, Rows now, Witness witness)
    {
        foreach (var report in now.NewEvents.Where(one => one.IsApplied))
        {
            var current = now.Jobs[report.JobId].Fence;
            if (report.Fence != current)
            {
                Violated($"A report on job {report.JobId}, fence {report.Fence}, was applied while the fence was {current}.");
            }
            else if (!witness.Kinds.TryGetValue((report.AgentId ?? "", report.JobId, report.Fence, report.Sequence), out var kind))
            {
                Violated($"Report {report.Sequence} on job {report.JobId}, fence {report.Fence}, was applied, and {report.AgentId} never made it.");
            }
            else if (report.State == "succeeded" && kind != StatusKind.Succeeded)
            {
                Violated($"Job {report.JobId} succeeded by a report {kind} of fence {report.Fence}.");
            }
        }
    }
}
