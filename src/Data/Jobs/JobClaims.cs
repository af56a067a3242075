using JobServer.Data.Writing;
using JobServer.Domain.Agents;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>Leases ready jobs to an agent.</summary>
public sealed class JobClaims(IDbContextFactory<JobServerDb> contexts, DatabaseWriter writer, TimeProvider timeProvider)
{
    /// <summary>Leases as many ready jobs as fit, oldest request first. Committed when it returns; empty when there is none.</summary>
    public async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(string agentId, long sessionEpoch, ClaimLimits limits, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            // Looking first keeps an idle agent's poll away from the one writer.
            if (!await Ready(db, agentId).AnyAsync(cancellationToken))
            {
                return [];
            }
        }

        return await writer.RunAsync((db, token) => ClaimAsync(db, agentId, sessionEpoch, limits, token), cancellationToken);
    }

    /// <summary>The jobs leased to the agent that it has not accepted yet, to be sent again under the same fence.</summary>
    public async Task<IReadOnlyList<ClaimedJob>> UnacceptedAsync(string agentId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await db.Jobs.Where(job => job.AgentId == agentId && job.State == JobState.Pending && job.AcceptedAt == null && job.CancelRequestedAt == null)
            .Select(job => job.Id)
            .ToListAsync(cancellationToken);
        return await SpecificationsAsync(db, ids, cancellationToken);
    }

    private static IQueryable<Job> Ready(JobServerDb db, string agentId) => db.Jobs.Where(job =>
        job.State == JobState.Pending && job.AgentId == null && job.CancelRequestedAt == null
        && db.Agents.Any(agent => agent.Id == agentId && agent.BackendId == job.BackendId && agent.Mode == AgentMode.Active
            && (agent.Backend.Mode == BackendMode.Active || (agent.Backend.Mode == BackendMode.DatabaseMaintenance && !job.UsesDatabase)))
        && !job.Needs.Any(need => need.NeededJob.State != JobState.Succeeded));

    private static async Task<IReadOnlyList<ClaimedJob>> SpecificationsAsync(JobServerDb db, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        return await db.Jobs.AsNoTracking().Where(job => ids.Contains(job.Id))
            .OrderBy(job => job.JobRequestId).ThenBy(job => job.Position)
            .Select(job => new ClaimedJob
            {
                JobId = job.Id,
                Fence = job.Fence,
                RequestIdentifier = job.JobRequest.Identifier,
                RequestNumber = job.JobRequestId,
                Workspace = job.JobRequest.Workspace.Slug,
                Action = job.Action,
                Image = job.Image,
                ImageVersion = job.ImageVersion,
                UsesDatabase = job.UsesDatabase,
                Arguments = job.Arguments,
                Outputs = job.Outputs,
                Inputs = job.Needs
                    .Select(need => new ClaimedInput { Action = need.Action, JobId = need.NeededJobId, ManifestDigest = need.NeededJob.ManifestDigest ?? "" })
                    .ToList(),
                SourceDigest = job.JobRequest.SourceDigest!,
                SourceSize = job.JobRequest.SourceSize,
                Commit = job.JobRequest.Commit,
                TimeLimit = job.JobRequest.Backend.JobTimeLimit,
                SilenceLimit = job.JobRequest.Backend.JobSilenceLimit,
            })
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(
        JobServerDb db, string agentId, long sessionEpoch, ClaimLimits limits, CancellationToken cancellationToken)
    {
        // Writing the agent's row locks it: two claims for one agent must not both count the same free slots.
        await db.Agents.Where(agent => agent.Id == agentId)
            .ExecuteUpdateAsync(set => set.SetProperty(agent => agent.SessionEpoch, agent => agent.SessionEpoch), cancellationToken);
        var held = await db.Jobs.Where(job => job.AgentId == agentId && (job.State == JobState.Pending || job.State == JobState.Running))
            .GroupBy(job => job.UsesDatabase)
            .Select(jobs => new { UsesDatabase = jobs.Key, Count = jobs.Count() })
            .ToListAsync(cancellationToken);
        var declared = await db.Agents.Where(agent => agent.Id == agentId && agent.SessionEpoch == sessionEpoch)
            .Select(agent => new ClaimLimits { Standard = agent.StandardSlots, Database = agent.DatabaseSlots })
            .SingleOrDefaultAsync(cancellationToken);
        if (declared is null)
        {
            return [];
        }

        // Never more than the agent declared, whatever its credits say across a reconnect.
        var claimed = new List<string>();
        foreach (var usesDatabase in new[] { true, false })
        {
            var slots = usesDatabase ? declared.Database : declared.Standard;
            var credits = usesDatabase ? limits.Database : limits.Standard;
            var free = Math.Min(credits, slots - (held.Find(row => row.UsesDatabase == usesDatabase)?.Count ?? 0));
            if (free > 0)
            {
                claimed.AddRange(await LeaseAsync(db, agentId, sessionEpoch, usesDatabase, free, cancellationToken));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return await SpecificationsAsync(db, claimed, cancellationToken);
    }

    private async Task<List<string>> LeaseAsync(
        JobServerDb db, string agentId, long sessionEpoch, bool usesDatabase, int free, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = timeProvider.GetUtcNow();
        var candidates = await Ready(db, agentId).Where(job => job.UsesDatabase == usesDatabase)
            .OrderBy(job => job.JobRequestId).ThenBy(job => job.Position)
            .Select(job => new { job.Id, job.Fence, job.JobRequestId })
            .Take(free)
            .ToListAsync(cancellationToken);
        var leased = new List<string>();
        foreach (var candidate in candidates)
        {
            var won = await db.Jobs
                .Where(job => job.Id == candidate.Id && job.State == JobState.Pending && job.AgentId == null
                    && job.Fence == candidate.Fence && job.CancelRequestedAt == null
                    && db.Agents.Any(agent => agent.Id == agentId && agent.SessionEpoch == sessionEpoch))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(job => job.Fence, job => job.Fence + 1)
                        .SetProperty(job => job.AgentId, agentId)
                        .SetProperty(job => job.SessionEpoch, sessionEpoch)
                        .SetProperty(job => job.LeasedAt, now)
                        .SetProperty(job => job.AcceptedAt, (DateTimeOffset?)null)
                        .SetProperty(job => job.AppliedSequence, 0)
                        .SetProperty(job => job.StatusCode, JobStatusCode.WaitingOnAgent)
                        .SetProperty(job => job.StatusMessage, JobStatusCode.WaitingOnAgent.DefaultMessage())
                        .SetProperty(job => job.UpdatedAt, now!.Value)
                        .SetProperty(job => job.Revision, job => job.Revision + 1),
                    cancellationToken) == 1;
            if (!won)
            {
                continue;
            }

            leased.Add(candidate.Id);
            db.JobEvents.Add(new JobEvent
            {
                JobId = candidate.Id,
                At = now!.Value,
                Kind = JobEventKind.Leased,
                State = JobState.Pending,
                StatusCode = JobStatusCode.WaitingOnAgent,
                Fence = candidate.Fence + 1,
                AgentId = agentId,
                SessionEpoch = sessionEpoch,
            });
        }

        return leased;
    }
}
