using JobServer.Domain.Agents;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Agents;

/// <summary>All agents and backends, for operators.</summary>
public sealed class AgentSights(IDbContextFactory<JobServerDb> contexts)
{
    public async Task<IReadOnlyList<AgentSight>> AgentsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Agents.AsNoTracking().OrderBy(agent => agent.Backend.Slug).ThenBy(agent => agent.Id)
            .Select(agent => new AgentSight
            {
                Id = agent.Id,
                Backend = agent.Backend.Slug,
                DisplayName = agent.DisplayName,
                Mode = agent.Mode,
                DrainDeadline = agent.DrainDeadline,
                AttemptsLeft = agent.AttemptsLeft,
                Held = db.Jobs.Count(job => job.AgentId == agent.Id && (job.State == JobState.Pending || job.State == JobState.Running)),
                LastSeenAt = agent.LastSeenAt,
            })
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<BackendSight>> BackendsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Backends.AsNoTracking().OrderBy(backend => backend.Slug)
            .Select(backend => new BackendSight
            {
                Slug = backend.Slug,
                Name = backend.Name,
                Mode = backend.Mode,
                ModeMessage = backend.ModeMessage,
                Agents = db.Agents.Count(agent => agent.BackendId == backend.Id && agent.Mode != AgentMode.Revoked),
                Open = db.Jobs.Count(job => job.BackendId == backend.Id && (job.State == JobState.Pending || job.State == JobState.Running)),
                LastSeenAt = backend.LastSeenAt,
            })
            .ToListAsync(cancellationToken);
    }
}
