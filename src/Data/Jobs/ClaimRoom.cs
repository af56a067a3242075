using JobServer.Domain.Agents;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>What an agent may take now: its slots by kind, less what it holds.</summary>
internal sealed record ClaimRoom
{
    public required string AgentId { get; init; }

    /// <summary>Of its newest session.</summary>
    public required long SessionEpoch { get; init; }

    public required int BackendId { get; init; }

    public required AgentMode Mode { get; init; }

    public required BackendMode BackendMode { get; init; }

    public required int StandardSlots { get; init; }

    public required int DatabaseSlots { get; init; }

    public required int StandardHeld { get; init; }

    public required int DatabaseHeld { get; init; }

    /// <summary>The heaviest job of each kind that it could ever take; 0 for a kind that may not start now.</summary>
    public ClaimLimits Heaviest => Mode != AgentMode.Active
        ? new ClaimLimits { Standard = 0, Database = 0 }
        : BackendMode switch
        {
            BackendMode.Active => new ClaimLimits { Standard = StandardSlots, Database = DatabaseSlots },
            BackendMode.DatabaseMaintenance => new ClaimLimits { Standard = StandardSlots, Database = 0 },
            BackendMode.Paused or BackendMode.Draining => new ClaimLimits { Standard = 0, Database = 0 },
        };

    /// <summary>Writing the agents' rows locks them: two units that count an agent's slots must not both find the same ones free.</summary>
    public static Task LockAsync(JobServerDb db, IEnumerable<string> agentIds, CancellationToken cancellationToken) => SetStatement.RunAsync(
        db,
        SetStatement.Of(db).LockAgents,
        agentIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => new AgentRow { Id = id }).ToList(),
        cancellationToken);

    /// <summary>Of each agent whose newest session has not ended.</summary>
    public static async Task<Dictionary<string, ClaimRoom>> ReadAsync(JobServerDb db, IEnumerable<string> agentIds, CancellationToken cancellationToken)
    {
        var ids = agentIds.Distinct(StringComparer.Ordinal).ToArray();
        return await db.Agents
            .Where(agent => EF.Parameter(ids).Contains(agent.Id)
                && db.AgentSessions.Any(session => session.AgentId == agent.Id && session.Epoch == agent.SessionEpoch && session.EndedAt == null))
            .Select(agent => new ClaimRoom
            {
                AgentId = agent.Id,
                SessionEpoch = agent.SessionEpoch,
                BackendId = agent.BackendId,
                Mode = agent.Mode,
                BackendMode = agent.Backend.Mode,
                StandardSlots = agent.StandardSlots,
                DatabaseSlots = agent.DatabaseSlots,
                StandardHeld = db.Jobs
                    .Where(job => job.AgentId == agent.Id && !job.UsesDatabase && (job.State == JobState.Pending || job.State == JobState.Running))
                    .Sum(job => job.Slots),
                DatabaseHeld = db.Jobs
                    .Where(job => job.AgentId == agent.Id && job.UsesDatabase && (job.State == JobState.Pending || job.State == JobState.Running))
                    .Sum(job => job.Slots),
            })
            .ToDictionaryAsync(room => room.AgentId, StringComparer.Ordinal, cancellationToken);
    }

    /// <summary>Free slots of each kind: never more than was declared, whatever the credits say across a reconnect.</summary>
    public ClaimLimits Free(ClaimLimits credits)
    {
        var heaviest = Heaviest;
        return new ClaimLimits
        {
            Standard = Math.Max(0, Math.Min(credits.Standard, heaviest.Standard - StandardHeld)),
            Database = Math.Max(0, Math.Min(credits.Database, heaviest.Database - DatabaseHeld)),
        };
    }
}
