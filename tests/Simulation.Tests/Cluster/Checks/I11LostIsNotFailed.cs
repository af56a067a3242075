using JobServer.Contracts.V1;

namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>A job fails only by its agent's report, a cancel, a failed need, a refusal, or after its last attempt was lost.</summary>
internal sealed class I11LostIsNotFailed() : Invariant("I11 lost is not failed")
{
    private const int MostAttempts = 3;

    public override void Committed(Rows before, Rows now, Witness witness)
    {
        foreach (var (old, job) in Pairs(before, now).Where(pair => pair.Now.State == "failed" && !pair.Before.IsEnded))
        {
            var last = now.NewEvents.LastOrDefault(one => one.JobId == job.Id);
            var isFounded = job.Code switch
            {
                "cancelled_by_user" => job.IsCancelRequested,
                "dependency_failed" => last?.Kind == "dependency_failed",
                "lost" => job.LostAttempts >= MostAttempts,
                _ => last is { Kind: "reported" } && witness.Kinds.GetValueOrDefault((last.AgentId ?? "", job.Id, last.Fence, last.Sequence)) == StatusKind.Failed,
            };
            if (!isFounded)
            {
                Violated($"Job {job.Id} failed as {job.Code} after {last?.Kind ?? "nothing"}, with {old.LostAttempts} attempts lost before.");
            }
        }
    }
}
