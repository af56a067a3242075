using JobServer.Domain.Agents;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>What an agent may take now: its slots by kind, less what it holds.</summary>
internal sealed record ClaimRoom
{
    private static readonly Func<JobServerDb, string, long, CancellationToken, Task<ClaimRoom?>> Query = EF.CompileAsyncQuery(
        (JobServerDb db, string agentId, long sessionEpoch, CancellationToken cancellationToken) =>
            db.Agents.Where(agent => agent.Id == agentId && agent.SessionEpoch == sessionEpoch
                    && db.AgentSessions.Any(session => session.AgentId == agentId && session.Epoch == sessionEpoch && session.EndedAt == null))
                .Select(agent => new ClaimRoom
                {
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
                .SingleOrDefault());

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

    /// <summary>Writing the agent's row locks it: two units that count its slots must not both find the same ones free.</summary>
    public static Task LockAsync(JobServerDb db, string agentId, CancellationToken cancellationToken) =>
        db.Agents.Where(agent => agent.Id == agentId)
            .ExecuteUpdateAsync(set => set.SetProperty(agent => agent.SessionEpoch, agent => agent.SessionEpoch), cancellationToken);

    /// <summary>Null when the session is not the agent's newest, or has ended.</summary>
    public static Task<ClaimRoom?> ReadAsync(JobServerDb db, string agentId, long sessionEpoch, CancellationToken cancellationToken) =>
        Query(db, agentId, sessionEpoch, cancellationToken);

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
