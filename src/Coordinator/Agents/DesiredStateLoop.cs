using JobServer.Coordinator.Dispatch;
using JobServer.Data;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Coordinator.Agents;

/// <summary>Looks for raised revisions of connected agents, so that a cancel reaches an agent at once whoever wrote it.</summary>
internal sealed class DesiredStateLoop(
    AgentDirectory directory, DesiredStatePusher pusher, DesiredSignal signal, IDbContextFactory<JobServerDb> contexts,
    TimeProvider timeProvider, ILogger<DesiredStateLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var live = directory.Live;
        if (live.Count == 0)
        {
            return;
        }

        var ids = live.Select(session => session.AgentId).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var revisions = await db.Agents.Where(agent => ids.Contains(agent.Id))
            .Select(agent => new { agent.Id, agent.DesiredRevision, agent.SessionEpoch })
            .ToDictionaryAsync(agent => agent.Id, cancellationToken);
        foreach (var session in live)
        {
            if (revisions.TryGetValue(session.AgentId, out var row) && (row.DesiredRevision != session.PushedRevision || row.SessionEpoch != session.Epoch))
            {
                await pusher.PushAsync(session, cancellationToken);
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loops.RunAsync("desired state", signal, Interval, RunOnceAsync, timeProvider, logger, stoppingToken);
}
