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

    private (long Registrations, long Rows)? _settled;

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var registrations = directory.Registrations;
        var live = directory.Live;
        if (live.Count == 0)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Both only rise, so an equal sum says that nobody's has changed: one number for thousands of agents at rest.
        var look = (registrations, await db.Agents.SumAsync(agent => agent.DesiredRevision + agent.SessionEpoch, cancellationToken));
        if (look == _settled)
        {
            return;
        }

        var ids = live.Select(session => session.AgentId).ToArray();
        var revisions = await db.Agents.Where(agent => EF.Parameter(ids).Contains(agent.Id))
            .Select(agent => new { agent.Id, agent.DesiredRevision, agent.SessionEpoch })
            .ToDictionaryAsync(agent => agent.Id, cancellationToken);
        var anyBehind = false;
        foreach (var session in live)
        {
            if (revisions.TryGetValue(session.AgentId, out var row) && (row.DesiredRevision != session.PushedRevision || row.SessionEpoch != session.Epoch))
            {
                anyBehind = true;
                await pusher.PushAsync(session, cancellationToken);
            }
        }

        // What could not all be pushed is looked at again.
        _settled = anyBehind ? null : look;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loops.RunAsync("desired state", signal, Interval, RunOnceAsync, timeProvider, logger, stoppingToken);
}
