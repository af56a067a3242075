using JobServer.Data.Writing;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>Leases ready jobs to an agent.</summary>
public sealed class JobClaims(IDbContextFactory<JobServerDb> contexts, DatabaseWriter writer, IDatabaseClock clock, TimeProvider timeProvider)
{
    // Another agent may take what was chosen, each time: whoever still has nothing looks again at the next poll.
    private const int Tries = 3;

    /// <summary>Leases as many ready jobs as fit, in the order of <see cref="FairQueue"/>. Committed when it returns; empty when there is none.</summary>
    public async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(string agentId, long sessionEpoch, ClaimLimits limits, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            // Chosen on a reader, so that the one writer is held only for the lease itself and an idle poll never meets it.
            var chosen = await ChooseAsync(agentId, sessionEpoch, limits, cancellationToken);
            if (chosen.Count == 0)
            {
                return [];
            }

            var won = await writer.RunAsync((db, token) => LeaseAsync(db, agentId, sessionEpoch, chosen, token), cancellationToken);
            if (won.Count > 0)
            {
                return [.. chosen.Where(job => won.Contains(job.JobId))];
            }
        }

        return [];
    }

    /// <summary>Where a job of a kind could start if an agent had room: one look that spares all others a claim.</summary>
    public async Task<IReadOnlySet<(int BackendId, bool UsesDatabase)>> ReadyAsync(IReadOnlyCollection<int> backendIds, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = await clock.NowAsync(cancellationToken);
        var ids = backendIds.ToArray();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ready = db.Jobs.Where(job =>
            job.State == JobState.Pending && job.AgentId == null && job.CancelRequestedAt == null
            && (job.NotBefore == null || job.NotBefore <= now)
            && !job.Needs.Any(need => need.NeededJob.State != JobState.Succeeded));
        var backends = await db.Backends.Where(backend => EF.Parameter(ids).Contains(backend.Id))
            .Select(backend => new
            {
                backend.Id,
                Standard = ready.Any(job => job.BackendId == backend.Id && !job.UsesDatabase),
                Database = ready.Any(job => job.BackendId == backend.Id && job.UsesDatabase),
            })
            .ToListAsync(cancellationToken);
        return backends
            .SelectMany(backend => new[] { (backend.Id, UsesDatabase: false, Any: backend.Standard), (backend.Id, UsesDatabase: true, Any: backend.Database) })
            .Where(kind => kind.Any)
            .Select(kind => (kind.Id, kind.UsesDatabase))
            .ToHashSet();
    }

    /// <summary>The jobs leased to the agent that it has not accepted yet, to be sent again under the same fence.</summary>
    public async Task<IReadOnlyList<ClaimedJob>> UnacceptedAsync(string agentId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ClaimedJob
            .From(db.Jobs
                .Where(job => job.AgentId == agentId && job.State == JobState.Pending && job.AcceptedAt == null && job.CancelRequestedAt == null)
                .OrderBy(job => job.JobRequestId).ThenBy(job => job.Position))
            .ToListAsync(cancellationToken);
    }

    /// <summary>What fits into the free slots, in the one order of the queue.</summary>
    /// <remarks>
    /// A job that the agent could take if more slots were free stops the choice: otherwise lighter ones would pass it for ever.
    /// One that is heavier than all the agent has is left to others.
    /// </remarks>
    private static List<QueueRow> Fitting(IReadOnlyList<QueueRow> queue, ClaimLimits free)
    {
        var fitting = new List<QueueRow>();
        foreach (var usesDatabase in new[] { true, false })
        {
            var room = free.Of(usesDatabase);
            if (room == 0)
            {
                continue;
            }

            foreach (var job in FairQueue.Order(queue, usesDatabase))
            {
                if (job.Slots > room)
                {
                    break;
                }

                room -= job.Slots;
                fitting.Add(job);
                if (room == 0)
                {
                    break;
                }
            }
        }

        return fitting;
    }

    private async Task<IReadOnlyList<ClaimedJob>> ChooseAsync(string agentId, long sessionEpoch, ClaimLimits limits, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        if (await ClaimRoom.ReadAsync(db, agentId, sessionEpoch, cancellationToken) is not { } room)
        {
            return [];
        }

        var free = room.Free(limits);
        if (free is { Standard: 0, Database: 0 })
        {
            return [];
        }

        var heaviest = new ClaimLimits
        {
            Standard = free.Standard > 0 ? room.Heaviest.Standard : 0,
            Database = free.Database > 0 ? room.Heaviest.Database : 0,
        };
        var queue = await BackendQueue.ReadAsync(
            db, room.BackendId, await clock.NowAsync(cancellationToken), heaviest, Math.Max(free.Standard, free.Database), cancellationToken);
        var chosen = Fitting(queue, free);
        if (chosen.Count == 0)
        {
            return [];
        }

        // What an assignment says never changes, but for the fence that the lease will raise.
        var ids = chosen.ConvertAll(job => job.Id!).ToArray();
        var jobs = await ClaimedJob.From(db.Jobs.Where(job => EF.Parameter(ids).Contains(job.Id)))
            .ToDictionaryAsync(job => job.JobId, StringComparer.Ordinal, cancellationToken);
        return chosen.ConvertAll(job => jobs[job.Id!] with { Fence = job.Fence + 1 });
    }

    private async Task<HashSet<string>> LeaseAsync(
        JobServerDb db, string agentId, long sessionEpoch, IReadOnlyList<ClaimedJob> chosen, CancellationToken cancellationToken)
    {
        await ClaimRoom.LockAsync(db, agentId, cancellationToken);
        if (await ClaimRoom.ReadAsync(db, agentId, sessionEpoch, cancellationToken) is not { } room)
        {
            return [];
        }

        var (standard, database) = (room.Free(ClaimLimits.Endless).Standard, room.Free(ClaimLimits.Endless).Database);
        var now = timeProvider.GetUtcNow();
        var rows = chosen
            .Where(job => (job.UsesDatabase ? database -= job.Slots : standard -= job.Slots) >= 0)
            .Select(job => new LeaseRow { Id = job.JobId, OldFence = job.Fence - 1, Agent = agentId, Epoch = sessionEpoch, At = now })
            .ToList();
        var statements = SetStatement.Of(db);
        var won = (await SetStatement.RunAsync(db, statements.LeaseJobs, rows, reader => reader.GetString(0), cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var events = rows.Where(row => won.Contains(row.Id)).Select(row => EventRow.Of(new JobEvent
        {
            JobId = row.Id,
            At = now,
            Kind = JobEventKind.Leased,
            State = JobState.Pending,
            StatusCode = JobStatusCode.WaitingOnAgent,
            Fence = row.OldFence + 1,
            AgentId = agentId,
            SessionEpoch = sessionEpoch,
        })).ToList();
        await SetStatement.RunAsync(db, statements.AddEvents, events, cancellationToken);
        return won;
    }
}
