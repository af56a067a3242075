using JobServer.Data.Writing;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>Leases ready jobs to an agent.</summary>
public sealed class JobClaims(IDbContextFactory<JobServerDb> contexts, DatabaseWriter writer, IDatabaseClock clock, TimeProvider timeProvider)
{
    /// <summary>Jobs that one transaction leases; what more fits is for the next.</summary>
    public const int Most = 512;

    // Another Coordinator may take what was chosen, each time: whoever still has nothing looks again at the next poll.
    private const int Tries = 3;

    /// <summary>As for several agents, for one.</summary>
    public async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(string agentId, long sessionEpoch, ClaimLimits limits, CancellationToken cancellationToken)
    {
        var claimed = await ClaimAsync([new ClaimAsk { AgentId = agentId, SessionEpoch = sessionEpoch, Limits = limits }], cancellationToken);
        return claimed.GetValueOrDefault(agentId) ?? [];
    }

    /// <summary>
    /// Leases as many ready jobs as fit, in the order of <see cref="FairQueue"/>: one look at each queue and one commit for all
    /// agents. Committed when it returns.
    /// </summary>
    /// <returns>By agent, only of those that got something; at most <see cref="Most"/> jobs.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<ClaimedJob>>> ClaimAsync(IReadOnlyList<ClaimAsk> asks, CancellationToken cancellationToken)
    {
        var claimed = new Dictionary<string, IReadOnlyList<ClaimedJob>>(StringComparer.Ordinal);
        for (var attempt = 0; attempt < Tries && asks.Count > 0; attempt++)
        {
            // Chosen on a reader, so that the one writer is held only for the lease itself and an idle poll never meets it.
            var chosen = await ChooseAsync(asks, cancellationToken);
            if (chosen.Count == 0)
            {
                break;
            }

            var won = await writer.RunAsync((db, token) => LeaseAsync(db, chosen, token), cancellationToken);
            foreach (var agent in chosen.Where(pair => won.Contains(pair.Job.JobId)).GroupBy(pair => pair.Ask.AgentId, pair => pair.Job, StringComparer.Ordinal))
            {
                claimed[agent.Key] = [.. agent];
            }

            var lost = chosen.Select(pair => pair.Ask.AgentId).Where(id => !claimed.ContainsKey(id)).ToHashSet(StringComparer.Ordinal);
            asks = [.. asks.Where(ask => lost.Contains(ask.AgentId))];
        }

        return claimed;
    }

    /// <summary>As below, for both kinds.</summary>
    public Task<IReadOnlySet<(int BackendId, bool UsesDatabase)>> ReadyAsync(IReadOnlyCollection<int> backendIds, CancellationToken cancellationToken) =>
        ReadyAsync(backendIds, ClaimLimits.Endless, cancellationToken);

    /// <summary>Where a job of a kind could start if an agent had room: one look that spares all others a claim.</summary>
    /// <param name="backendIds">Where to look.</param>
    /// <param name="most">A limit of 0 leaves a kind out.</param>
    /// <param name="cancellationToken">Nothing is written.</param>
    public async Task<IReadOnlySet<(int BackendId, bool UsesDatabase)>> ReadyAsync(
        IReadOnlyCollection<int> backendIds, ClaimLimits most, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = await clock.NowAsync(cancellationToken);
        var ids = backendIds.ToArray();
        var (standard, database) = (most.Standard > 0, most.Database > 0);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ready = db.Jobs.Where(job =>
            job.State == JobState.Pending && job.AgentId == null && job.CancelRequestedAt == null
            && (job.NotBefore == null || job.NotBefore <= now)
            && !job.Needs.Any(need => need.NeededJob.State != JobState.Succeeded));
        var backends = await db.Backends.Where(backend => EF.Parameter(ids).Contains(backend.Id))
            .Select(backend => new
            {
                backend.Id,
                Standard = standard && ready.Any(job => job.BackendId == backend.Id && !job.UsesDatabase),
                Database = database && ready.Any(job => job.BackendId == backend.Id && job.UsesDatabase),
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
        var ids = await db.Jobs
            .Where(job => job.AgentId == agentId && job.State == JobState.Pending && job.AcceptedAt == null && job.CancelRequestedAt == null)
            .OrderBy(job => job.JobRequestId).ThenBy(job => job.Position)
            .Select(job => job.Id)
            .ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return [];
        }

        var jobs = await ClaimedJob.ReadAsync(db, ids, cancellationToken);
        return ids.ConvertAll(id => jobs[id]);
    }

    private async Task<IReadOnlyList<(ClaimAsk Ask, ClaimedJob Job)>> ChooseAsync(IReadOnlyList<ClaimAsk> asks, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var chosen = new List<(ClaimAsk Ask, QueueRow Job)>();
        foreach (var backend in (await SeekersAsync(db, asks, cancellationToken)).GroupBy(seeker => seeker.Room.BackendId))
        {
            var choice = new ClaimChoice();

            // Agents that could take the same heaviest job see the same queue.
            foreach (var alike in backend.GroupBy(seeker => seeker.Room.Heaviest))
            {
                var free = Sum(alike);
                var heaviest = new ClaimLimits
                {
                    Standard = free.Standard > 0 ? alike.Key.Standard : 0,
                    Database = free.Database > 0 ? alike.Key.Database : 0,
                };
                var window = Math.Min(Math.Max(free.Standard, free.Database), Most) + choice.Chosen.Count;
                var queue = await QueueHead.ReadAsync(db, backend.Key, await clock.NowAsync(cancellationToken), heaviest, window, cancellationToken);
                choice.Fit(queue, [.. alike], Most - chosen.Count);
            }

            chosen.AddRange(choice.Chosen);
        }

        if (chosen.Count == 0)
        {
            return [];
        }

        // What an assignment says never changes, but for the fence that the lease will raise.
        var jobs = await ClaimedJob.ReadAsync(db, chosen.Select(pair => pair.Job.Id!), cancellationToken);
        return chosen.ConvertAll(pair => (pair.Ask, jobs[pair.Job.Id!] with { Fence = pair.Job.Fence + 1 }));
    }

    /// <summary>The agents that ask in their newest session and have room.</summary>
    private static async Task<List<ClaimSeeker>> SeekersAsync(JobServerDb db, IReadOnlyList<ClaimAsk> asks, CancellationToken cancellationToken)
    {
        var rooms = await ClaimRoom.ReadAsync(db, asks.Select(ask => ask.AgentId), cancellationToken);
        var seekers = new List<ClaimSeeker>(asks.Count);
        foreach (var ask in asks)
        {
            if (rooms.GetValueOrDefault(ask.AgentId) is { } room && room.SessionEpoch == ask.SessionEpoch
                && room.Free(ask.Limits) is ({ Standard: > 0 } or { Database: > 0 }) and var free)
            {
                seekers.Add(new ClaimSeeker(ask, room, free));
            }
        }

        return seekers;
    }

    private static ClaimLimits Sum(IEnumerable<ClaimSeeker> seekers) => seekers.Aggregate(
        new ClaimLimits { Standard = 0, Database = 0 },
        (sum, seeker) => new ClaimLimits { Standard = sum.Standard + seeker.Free.Standard, Database = sum.Database + seeker.Free.Database });

    private async Task<HashSet<string>> LeaseAsync(
        JobServerDb db, IReadOnlyList<(ClaimAsk Ask, ClaimedJob Job)> chosen, CancellationToken cancellationToken)
    {
        var agentIds = chosen.Select(pair => pair.Ask.AgentId).Distinct(StringComparer.Ordinal).ToList();
        await ClaimRoom.LockAsync(db, agentIds, cancellationToken);
        var rooms = await ClaimRoom.ReadAsync(db, agentIds, cancellationToken);
        var now = timeProvider.GetUtcNow();
        var rows = chosen.GroupBy(pair => pair.Ask).SelectMany(agent => Fitting(agent.Key, rooms.GetValueOrDefault(agent.Key.AgentId), agent.Select(pair => pair.Job), now)).ToList();
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
            AgentId = row.Agent,
            SessionEpoch = row.Epoch,
        })).ToList();
        await SetStatement.RunAsync(db, statements.AddEvents, events, cancellationToken);
        return won;
    }

    /// <summary>What of an agent's jobs still fits, now that nobody else can change its room.</summary>
    private static List<LeaseRow> Fitting(ClaimAsk ask, ClaimRoom? room, IEnumerable<ClaimedJob> jobs, DateTimeOffset now)
    {
        if (room?.SessionEpoch != ask.SessionEpoch)
        {
            return [];
        }

        var free = room.Free(ClaimLimits.Endless);
        var (standard, database) = (free.Standard, free.Database);
        return [.. jobs
            .Where(job => (job.UsesDatabase ? database -= job.Slots : standard -= job.Slots) >= 0)
            .Select(job => new LeaseRow { Id = job.JobId, OldFence = job.Fence - 1, Agent = ask.AgentId, Epoch = ask.SessionEpoch, At = now })];
    }
}
