using JobServer.Contracts.V1;

namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>What a Coordinator acknowledges is in the database by then; what it lets an agent forget has ended there.</summary>
internal sealed class I05AckedSurvives() : Invariant("I5 acked survives")
{
    public void Acknowledged(StatusAck ack, Witness witness)
    {
        var applied = witness.Applied.GetValueOrDefault((ack.Attempt.JobId, ack.Attempt.Fence));
        if (ack.AppliedSequence > applied)
        {
            Violated($"Reports up to {ack.AppliedSequence} on job {ack.Attempt.JobId}, fence {ack.Attempt.Fence}, were acknowledged; committed were {applied}.");
        }
    }

    public void Judged(Verdict verdict, Rows now)
    {
        // An attempt is over when its job has ended, or when nobody holds it any more after its last report.
        if (verdict.Kind == VerdictKind.Forget
            && !(now.Jobs.TryGetValue(verdict.Attempt.JobId, out var job) && (job.IsEnded || job.Fence > verdict.Attempt.Fence || job.AgentId is null)))
        {
            Violated($"An agent was told to forget job {verdict.Attempt.JobId}, fence {verdict.Attempt.Fence}, which has not ended so.");
        }
    }
}
