using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Gateway;
using JobServer.Data.Jobs;

namespace JobServer.Coordinator.Dispatch;

/// <summary>Gives ready jobs to connected agents that have room.</summary>
internal sealed class Dispatcher(AgentDirectory directory, JobClaims claims, AssignmentSender assignments, ChangeFeed changes)
{
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var session in directory.Live)
        {
            if (!session.MayAssign || !session.HasCredits || session.Closing.IsCancellationRequested)
            {
                continue;
            }

            var claimed = await claims.ClaimAsync(session.AgentId, session.Epoch, session.Credits, cancellationToken);
            foreach (var job in claimed)
            {
                assignments.Send(session, job);
            }

            changes.Publish(claimed.Select(job => Changes.OfRequest(job.RequestNumber)).Distinct());
        }
    }
}
