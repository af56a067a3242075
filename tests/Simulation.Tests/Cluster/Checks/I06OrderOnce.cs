namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>For each attempt, reports are applied as 1, 2, 3 and so on, each once.</summary>
internal sealed class I06OrderOnce() : Invariant("I6 order, once")
{
    public override void Committed(Rows before, Rows now, Witness witness)
    {
        foreach (var report in now.NewEvents.Where(one => one.IsApplied))
        {
            var last = witness.Applied.GetValueOrDefault((report.JobId, report.Fence));
            if (report.Sequence != last + 1)
            {
                Violated($"On job {report.JobId}, fence {report.Fence}, report {report.Sequence} was applied after {last}.");
            }

            witness.Applied[(report.JobId, report.Fence)] = report.Sequence;
        }
    }
}
