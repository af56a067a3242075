namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>Only an agent's newest session renews, accepts or reports.</summary>
internal sealed class I16NewestSession() : Invariant("I16 newest session")
{
    private readonly Dictionary<(string AgentId, long Epoch), string> _expiry = [];

    public override void Committed(Rows before, Rows now, Witness witness)
    {
        foreach (var report in now.NewEvents.Where(one => one.IsApplied && one.AgentId is not null))
        {
            var epoch = now.Agents[report.AgentId!].Epoch;
            if (!witness.Said.Contains((report.AgentId!, epoch, report.JobId, report.Fence, report.Sequence)))
            {
                Violated($"Report {report.Sequence} on job {report.JobId} was applied; {report.AgentId} has not said it in its newest session {epoch}.");
            }
        }

        foreach (var session in now.Sessions)
        {
            var key = (session.AgentId, session.Epoch);
            if (session.Epoch < now.Agents[session.AgentId].Epoch && _expiry.GetValueOrDefault(key, session.ExpiresAt) != session.ExpiresAt)
            {
                Violated($"Session {session.Epoch} of {session.AgentId} was renewed, and a newer one is there.");
            }

            _expiry[key] = session.ExpiresAt;
        }

        foreach (var (old, job) in Pairs(before, now).Where(pair => pair.Now.SessionEpoch != pair.Before.SessionEpoch))
        {
            if (job is { SessionEpoch: { } epoch, AgentId: { } agentId } && epoch != now.Agents[agentId].Epoch)
            {
                Violated($"Job {job.Id} went from session {old.SessionEpoch} to {epoch} of {agentId}, whose newest is {now.Agents[agentId].Epoch}.");
            }
        }
    }
}
