using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Gateway;
using JobServer.Data.Jobs;

namespace JobServer.Coordinator.Dispatch;

/// <summary>Gives ready jobs to connected agents that have room.</summary>
internal sealed class Dispatcher(AgentDirectory directory, JobClaims claims, AssignmentSender assignments, ChangeFeed changes)
{
    // Together they cost one look at the queue and one commit, and no more than this is read of agents that get nothing.
    private const int AgentsAtOnce = 64;

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var sessions = directory.Live;
        while (true)
        {
            var hungry = sessions.Where(MayTake).ToList();
            if (hungry.Count == 0)
            {
                return;
            }

            var asking = (await AskAsync(hungry, cancellationToken)).Take(AgentsAtOnce).ToDictionary(pair => pair.Session.AgentId, StringComparer.Ordinal);
            if (asking.Count == 0)
            {
                return;
            }

            // Whoever gets less than it has room for has had its turn, unless there was more than one commit takes.
            if (await ClaimAsync(asking, cancellationToken) < JobClaims.Most)
            {
                sessions = [.. hungry.Where(session => !asking.ContainsKey(session.AgentId))];
            }
        }
    }

    private static bool MayTake(AgentSession session) => session.MayAssign && session.HasCredits && !session.Closing.IsCancellationRequested;

    /// <summary>One look for all of them: agents of a backend where nothing waits cost nothing.</summary>
    private async Task<IEnumerable<(AgentSession Session, ClaimAsk Ask)>> AskAsync(List<AgentSession> hungry, CancellationToken cancellationToken)
    {
        if (hungry is [var only])
        {
            return [(only, AskOf(only, only.Credits))];
        }

        var most = new ClaimLimits
        {
            Standard = hungry.Max(session => session.Credits.Standard),
            Database = hungry.Max(session => session.Credits.Database),
        };
        var ready = await claims.ReadyAsync([.. hungry.Select(session => session.BackendId).Distinct()], most, cancellationToken);
        return hungry.Where(MayTake)
            .Select(session => (Session: session, Ask: AskOf(session, new ClaimLimits
            {
                Standard = ready.Contains((session.BackendId, false)) ? session.Credits.Standard : 0,
                Database = ready.Contains((session.BackendId, true)) ? session.Credits.Database : 0,
            })))
            .Where(pair => pair.Ask.Limits is { Standard: > 0 } or { Database: > 0 });
    }

    private static ClaimAsk AskOf(AgentSession session, ClaimLimits limits) =>
        new() { AgentId = session.AgentId, SessionEpoch = session.Epoch, Limits = limits };

    /// <returns>How many jobs were given out.</returns>
    private async Task<int> ClaimAsync(Dictionary<string, (AgentSession Session, ClaimAsk Ask)> asking, CancellationToken cancellationToken)
    {
        var claimed = await claims.ClaimAsync([.. asking.Values.Select(pair => pair.Ask)], cancellationToken);
        foreach (var (agentId, jobs) in claimed)
        {
            foreach (var job in jobs)
            {
                assignments.Send(asking[agentId].Session, job);
            }
        }

        changes.Publish(claimed.Values.SelectMany(jobs => jobs).Select(job => job.RequestNumber).Distinct().Select(Changes.OfRequest));
        return claimed.Values.Sum(jobs => jobs.Count);
    }
}
