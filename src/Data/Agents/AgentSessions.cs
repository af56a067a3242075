using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Data.Writing;
using JobServer.Domain.Agents;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Agents;

/// <summary>Sessions of agents: opened by a Hello, renewed by heartbeats, ended once.</summary>
public sealed class AgentSessions(DatabaseWriter writer, IDbContextFactory<JobServerDb> contexts, IDatabaseClock clock)
{
    // Heartbeats come one by one from many agents; their renewals share a commit.
    private readonly GroupedWrites<(string AgentId, long Epoch, TimeSpan LeaseTime), bool> _renewals = new(
        writer, async (db, renewals, token) => await RenewAsync(db, renewals, await clock.NowAsync(token), token));

    /// <summary>Raises the agent's epoch, which at once takes the voice from every older session.</summary>
    /// <remarks>The agent's leases move to the new session with it: they point at the agent, and the newest session speaks for it.</remarks>
    public Task<HelloOutcome> OpenAsync(AgentHello hello, string coordinatorId, TimeSpan leaseTime, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var now = await clock.NowAsync(token);
            var agent = await db.Agents.SingleOrDefaultAsync(agent => agent.Id == hello.AgentId, token);
            if (agent is null)
            {
                agent = new Agent { Id = hello.AgentId, BackendId = hello.BackendId, JournalId = hello.JournalId, FirstSeenAt = now };
                db.Agents.Add(agent);
            }

            if (agent.BackendId != hello.BackendId)
            {
                return new HelloOutcome.OtherBackend();
            }

            if (agent.Mode == AgentMode.Revoked)
            {
                return new HelloOutcome.Revoked();
            }

            var journalChanged = agent.JournalId != hello.JournalId;
            agent.SessionEpoch++;
            agent.JournalId = hello.JournalId;
            agent.InstanceId = hello.InstanceId;
            agent.DisplayName = hello.DisplayName;
            agent.Build = hello.Build;
            agent.OperatingSystem = hello.OperatingSystem;
            agent.StandardSlots = hello.StandardSlots;
            agent.DatabaseSlots = hello.DatabaseSlots;
            agent.LastSeenAt = now;
            agent.AttemptsLeft = agent.Mode is AgentMode.Draining or AgentMode.Drained ? agent.AttemptsLeft : null;
            await db.SaveChangesAsync(token);

            await EndOlderAsync(db, hello.AgentId, agent.SessionEpoch, now, token);
            db.AgentSessions.Add(new AgentSession
            {
                AgentId = hello.AgentId,
                Epoch = agent.SessionEpoch,
                InstanceId = hello.InstanceId,
                CoordinatorId = coordinatorId,
                StartedAt = now,
                ExpiresAt = now + leaseTime,
            });
            await SeenAsync(db, hello.BackendId, now, token);
            var backendMode = await db.Backends.Where(backend => backend.Id == hello.BackendId).Select(backend => backend.Mode).SingleAsync(token);
            return (HelloOutcome)new HelloOutcome.Opened(
                agent.SessionEpoch, journalChanged, DesiredModes.Of(agent.Mode, backendMode), agent.DesiredRevision);
        },
        cancellationToken);

    /// <summary>Moves the lease of a session on; false when a newer session took over or this one ended.</summary>
    public Task<bool> RenewAsync(string agentId, long epoch, TimeSpan leaseTime, CancellationToken cancellationToken) =>
        _renewals.RunAsync((agentId, epoch, leaseTime), cancellationToken);

    /// <summary>The stream is closed. Its jobs run on; the leases stay until they lapse or the agent comes back.</summary>
    public Task EndAsync(string agentId, long epoch, string reason, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            DateTimeOffset? now = await clock.NowAsync(token);
            await db.AgentSessions.Where(session => session.AgentId == agentId && session.Epoch == epoch && session.EndedAt == null)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(session => session.EndedAt, now).SetProperty(session => session.EndReason, Text.Shorten(reason, 200)), token);
        },
        cancellationToken);

    /// <summary>The backend that a token stands for, or null when it is unknown, expired or revoked.</summary>
    public async Task<int?> BackendOfTokenAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Digests.OfText(token);
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.BackendTokens.AsNoTracking()
            .Where(row => row.Hash == hash && row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now))
            .Select(row => (int?)row.BackendId)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The backends that tokens stand for, by the digests of the tokens; without those that are unknown, expired or revoked.</summary>
    public async Task<IReadOnlyDictionary<string, int>> BackendsOfTokensAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var wanted = hashes.ToArray();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.BackendTokens.AsNoTracking()
            .Where(row => EF.Parameter(wanted).Contains(row.Hash) && row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now))
            .Select(row => new { row.Hash, row.BackendId })
            .ToDictionaryAsync(row => row.Hash, row => row.BackendId, StringComparer.Ordinal, cancellationToken);
    }

    /// <summary>Writes that tokens are in use, by their digests; one that was written less than <paramref name="every"/> ago is left alone.</summary>
    public async Task NoteTokenUseAsync(IReadOnlyCollection<string> hashes, TimeSpan every, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var (wanted, before) = (hashes.ToArray(), now - every);
        await writer.RunAsync(
            (db, token) => db.BackendTokens
                .Where(row => EF.Parameter(wanted).Contains(row.Hash) && (row.LastUsedAt == null || row.LastUsedAt <= before))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, (DateTimeOffset?)now), token),
            cancellationToken);
    }

    /// <summary>Where the backend's timing differs from the Coordinator's own.</summary>
    public async Task<BackendTiming> TimingOfAsync(int backendId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await db.Backends.AsNoTracking().SingleAsync(backend => backend.Id == backendId, cancellationToken)).Timing;
    }

    /// <summary>What the agent should do now.</summary>
    public async Task<DesiredAgentState> DesiredAsync(string agentId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var agent = await db.Agents.AsNoTracking().Where(agent => agent.Id == agentId)
            .Select(agent => new { agent.Mode, BackendMode = agent.Backend.Mode, agent.DrainDeadline, agent.DesiredRevision, agent.SessionEpoch })
            .SingleAsync(cancellationToken);
        var cancels = await db.Jobs.AsNoTracking()
            .Where(job => job.AgentId == agentId && job.CancelRequestedAt != null && (job.State == JobState.Pending || job.State == JobState.Running))
            .Select(job => new DesiredCancel { JobId = job.Id, Fence = job.Fence })
            .ToListAsync(cancellationToken);
        return new DesiredAgentState
        {
            Mode = DesiredModes.Of(agent.Mode, agent.BackendMode),
            DrainWithin = agent is { Mode: AgentMode.Draining, DrainDeadline: { } deadline } ? await LeftAsync(deadline, cancellationToken) : null,
            Revision = agent.DesiredRevision,
            SessionEpoch = agent.SessionEpoch,
            Cancels = cancels,
        };
    }

    private static async Task<IReadOnlyList<bool>> RenewAsync(
        JobServerDb db, IReadOnlyList<(string AgentId, long Epoch, TimeSpan LeaseTime)> renewals, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = renewals.Select(renewal => new RenewRow { Agent = renewal.AgentId, Epoch = renewal.Epoch, ExpiresAt = now + renewal.LeaseTime }).ToList();
        var renewed = (await SetStatement.RunAsync(
            db, SetStatement.Of(db).RenewSessions, rows, reader => (reader.GetString(0), reader.GetInt64(1)), cancellationToken)).ToHashSet();
        if (renewed.Count > 0)
        {
            DateTimeOffset? seen = now;
            var agentIds = renewed.Select(session => session.Item1).ToArray();
            await db.Agents.Where(agent => EF.Parameter(agentIds).Contains(agent.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(agent => agent.LastSeenAt, seen), cancellationToken);
            await db.Backends.Where(backend => db.Agents.Any(agent => agent.BackendId == backend.Id && EF.Parameter(agentIds).Contains(agent.Id)))
                .ExecuteUpdateAsync(set => set.SetProperty(backend => backend.LastSeenAt, seen), cancellationToken);
        }

        return [.. renewals.Select(renewal => renewed.Contains((renewal.AgentId, renewal.Epoch)))];
    }

    private async Task<TimeSpan> LeftAsync(DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var left = deadline - await clock.NowAsync(cancellationToken);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static Task EndOlderAsync(JobServerDb db, string agentId, long epoch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? at = now;
        return db.AgentSessions.Where(session => session.AgentId == agentId && session.Epoch < epoch && session.EndedAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(session => session.EndedAt, at).SetProperty(session => session.EndReason, "superseded"), cancellationToken);
    }

    private static Task SeenAsync(JobServerDb db, int backendId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? at = now;
        return db.Backends.Where(backend => backend.Id == backendId)
            .ExecuteUpdateAsync(set => set.SetProperty(backend => backend.LastSeenAt, at), cancellationToken);
    }
}
