using JobServer.RunnerAgent.Journal;
using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>Nothing is started unless the journal's entries for it would survive a power cut, and its fence was leased to this agent.</summary>
internal sealed class I08StartNeedsALease() : Invariant("I8 start needs a lease")
{
    public void Started(SimAgent agent, string jobId, long fence, Witness witness)
    {
        var entries = JournalCodec.Decode(agent.Disk.Durable, out _);
        var mine = entries.Where(entry => entry.JobId == jobId && entry.Fence == fence).ToList();
        if (!mine.Exists(entry => entry.Kind == JournalEntryKind.Attempt))
        {
            Violated($"{agent.Name} started job {jobId}, fence {fence}, and its promise is not on disk.");
        }
        else if (!mine.Exists(entry => entry.Kind == JournalEntryKind.Started || entry.Started))
        {
            Violated($"{agent.Name} started job {jobId}, fence {fence}, and that it would is not on disk.");
        }
        else if (witness.Leases.GetValueOrDefault((jobId, fence)) != agent.Id)
        {
            Violated($"{agent.Name} started job {jobId}, fence {fence}, which was not leased to it.");
        }
    }
}
