using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Gateway;
using JobServer.Data.Jobs;

namespace JobServer.Coordinator.Dispatch;

/// <summary>Gives ready jobs to connected agents that have room.</summary>
internal sealed class Dispatcher(AgentDirectory directory, JobClaims claims, AssignmentSender assignments, ChangeFeed changes)
{
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var hungry = directory.Live.Where(MayTake).ToList();
        if (hungry.Count == 0)
        {
            return;
        }

        if (hungry is [var only])
        {
            await ClaimAsync(only, only.Credits, cancellationToken);
            return;
        }

        // One look for all of them: agents of a backend where nothing waits cost nothing.
        var ready = await claims.ReadyAsync([.. hungry.Select(session => session.BackendId).Distinct()], cancellationToken);
        foreach (var session in hungry)
        {
            var credits = session.Credits;
            var wants = new ClaimLimits
            {
                Standard = ready.Contains((session.BackendId, false)) ? credits.Standard : 0,
                Database = ready.Contains((session.BackendId, true)) ? credits.Database : 0,
            };
            if (MayTake(session) && wants is ({ Standard: > 0 } or { Database: > 0 }))
            {
                await ClaimAsync(session, wants, cancellationToken);
            }
        }
    }

    private static bool MayTake(AgentSession session) => session.MayAssign && session.HasCredits && !session.Closing.IsCancellationRequested;

    private async Task ClaimAsync(AgentSession session, ClaimLimits wants, CancellationToken cancellationToken)
    {
        var claimed = await claims.ClaimAsync(session.AgentId, session.Epoch, wants, cancellationToken);
        foreach (var job in claimed)
        {
            assignments.Send(session, job);
        }

        changes.Publish(claimed.Select(job => Changes.OfRequest(job.RequestNumber)).Distinct());
    }
}
