using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Agents;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Agents;

/// <summary>
/// What people want of agents and backends: a row, its place in the audit log, and a raised revision, which every Coordinator
/// sees by its poll and repeats to the agents until they have it.
/// </summary>
public sealed class ModeChanges(DatabaseWriter writer, AuditLog audit, IDatabaseClock clock)
{
    /// <param name="mode">Not <see cref="AgentMode.Drained"/>: only the agent says that.</param>
    /// <param name="drainWithin">With <see cref="AgentMode.Draining"/>: after this long what still runs is interrupted. Null: it waits.</param>
    /// <param name="actorId">Who asks; null for the service's own command line.</param>
    public Task<ModeOutcome> SetAgentAsync(
        string agentId, AgentMode mode, TimeSpan? drainWithin, int? actorId, CancellationToken cancellationToken)
    {
        if (mode == AgentMode.Drained || (drainWithin is not null && mode != AgentMode.Draining))
        {
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "Nobody can ask for this mode, or not with a deadline.");
        }

        return writer.RunAsync((db, token) => SetAgentAsync(db, agentId, mode, drainWithin, actorId, token), cancellationToken);
    }

    /// <param name="message">What people are told while the mode lasts; empty leaves the words to the pages.</param>
    /// <param name="actorId">Who asks; null for the service's own command line.</param>
    /// <param name="revision">Of the backend as the person saw it; null where they saw none.</param>
    public Task<ModeOutcome> SetBackendAsync(
        string slug, BackendMode mode, string message, int? actorId, CancellationToken cancellationToken, int? revision = null) => writer.RunAsync(
        async (db, token) =>
        {
            var said = mode == BackendMode.Active ? "" : Text.Shorten(message, Backend.ModeMessageMaxLength);
            var before = await db.Backends.AsNoTracking().Where(backend => backend.Slug == slug)
                .Select(backend => new { backend.Id, backend.Mode, backend.ModeMessage })
                .SingleOrDefaultAsync(token);
            if (before is null)
            {
                return (ModeOutcome)new ModeOutcome.NotFound();
            }

            var written = await db.Backends
                .Where(backend => backend.Id == before.Id && (backend.Mode != mode || backend.ModeMessage != said)
                    && (revision == null || backend.Revision == revision))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(backend => backend.Mode, mode)
                        .SetProperty(backend => backend.ModeMessage, said)
                        .SetProperty(backend => backend.Revision, backend => backend.Revision + 1),
                    token);
            if (written == 0)
            {
                return before.Mode == mode && before.ModeMessage == said ? new ModeOutcome.Unchanged() : new ModeOutcome.ChangedMeanwhile();
            }

            await db.Agents.Where(agent => agent.BackendId == before.Id)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(agent => agent.DesiredRevision, agent => agent.DesiredRevision + 1)
                        .SetProperty(agent => agent.AttemptsLeft, (int?)null),
                    token);
            await audit.AppendAsync(
                db, actorId, AuditAct.BackendModeChanged, $"backend:{before.Id}", new { from = before.Mode.ToString(), to = mode.ToString(), message = said }, token);
            return new ModeOutcome.Changed();
        },
        cancellationToken);

    /// <summary>What a draining agent says it still holds. With none left, in the rows either, it is drained.</summary>
    /// <returns>Whether there is nothing more to note until the agent says another number.</returns>
    public Task<bool> NoteDrainAsync(string agentId, long sessionEpoch, int attemptsLeft, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            int? left = attemptsLeft;
            var own = db.Agents.Where(agent => agent.Id == agentId && agent.SessionEpoch == sessionEpoch);
            await own.ExecuteUpdateAsync(set => set.SetProperty(agent => agent.AttemptsLeft, left), token);
            if (attemptsLeft > 0)
            {
                return true;
            }

            // Not before every lease has ended too: an assignment may be on its way, or a last report.
            var drained = await own
                .Where(agent => agent.Mode == AgentMode.Draining
                    && !db.Jobs.Any(job => job.AgentId == agentId && (job.State == Domain.Jobs.JobState.Pending || job.State == Domain.Jobs.JobState.Running)))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(agent => agent.Mode, AgentMode.Drained)
                        .SetProperty(agent => agent.DrainDeadline, (DateTimeOffset?)null)
                        .SetProperty(agent => agent.Revision, agent => agent.Revision + 1),
                    token) == 1;
            return drained || !await own.AnyAsync(agent => agent.Mode == AgentMode.Draining, token);
        },
        cancellationToken);

    private async Task<ModeOutcome> SetAgentAsync(
        JobServerDb db, string agentId, AgentMode mode, TimeSpan? drainWithin, int? actorId, CancellationToken cancellationToken)
    {
        var before = await db.Agents.AsNoTracking().Where(agent => agent.Id == agentId)
            .Select(agent => new { agent.Mode, agent.DrainDeadline })
            .SingleOrDefaultAsync(cancellationToken);
        if (before is null)
        {
            return new ModeOutcome.NotFound();
        }

        if (before.Mode == AgentMode.Revoked)
        {
            return mode == AgentMode.Revoked ? new ModeOutcome.Unchanged() : new ModeOutcome.Revoked();
        }

        // A drained agent that is to drain is where it should be.
        var isThere = before.Mode == mode || (before.Mode == AgentMode.Drained && mode == AgentMode.Draining);
        if (isThere && drainWithin is null && before.DrainDeadline is null)
        {
            return new ModeOutcome.Unchanged();
        }

        DateTimeOffset? deadline = drainWithin is { } within ? await clock.NowAsync(cancellationToken) + within : null;

        // A revoked agent has no newest session: what it still sends on any connection is refused from here on.
        var raise = mode == AgentMode.Revoked ? 1 : 0;
        var written = await db.Agents.Where(agent => agent.Id == agentId && agent.Mode == before.Mode)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(agent => agent.Mode, mode)
                    .SetProperty(agent => agent.DrainDeadline, deadline)
                    .SetProperty(agent => agent.AttemptsLeft, (int?)null)
                    .SetProperty(agent => agent.SessionEpoch, agent => agent.SessionEpoch + raise)
                    .SetProperty(agent => agent.DesiredRevision, agent => agent.DesiredRevision + 1)
                    .SetProperty(agent => agent.Revision, agent => agent.Revision + 1),
                cancellationToken);
        if (written == 0)
        {
            throw new DbUpdateConcurrencyException($"The mode of agent {agentId} was changed by somebody else at the same time. Try again.");
        }

        await audit.AppendAsync(
            db,
            actorId,
            AuditAct.AgentModeChanged,
            $"agent:{agentId}",
            new { from = before.Mode.ToString(), to = mode.ToString(), deadline = deadline?.ToString("u", System.Globalization.CultureInfo.InvariantCulture) },
            cancellationToken);
        return new ModeOutcome.Changed();
    }
}
