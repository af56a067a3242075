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
    private static readonly Func<JobServerDb, int, CancellationToken, Task<BackendTiming>> TimingQuery = EF.CompileAsyncQuery(
        (JobServerDb db, int backendId, CancellationToken cancellationToken) =>
            db.Backends.AsNoTracking().Where(backend => backend.Id == backendId).Select(backend => backend.Timing).Single());

    private static readonly Func<JobServerDb, string, DateTimeOffset?, CancellationToken, Task<int?>> TokenQuery = EF.CompileAsyncQuery(
        (JobServerDb db, string hash, DateTimeOffset? now, CancellationToken cancellationToken) => db.BackendTokens
            .Where(row => row.Hash == hash && row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now))
            .Select(row => (int?)row.BackendId)
            .SingleOrDefault());

    // Heartbeats come one by one from many agents; their renewals share a commit.
    private readonly GroupedWrites<(string AgentId, long Epoch, TimeSpan LeaseTime), bool> _renewals = new(
        writer, async (db, renewals, token) => await RenewAsync(db, renewals, await clock.NowAsync(token), token));

    // After a restart all agents say Hello at once; so do these.
    private readonly GroupedWrites<SessionOpening, HelloOutcome> _openings = new(
        writer, async (db, openings, token) => await SessionOpenings.WriteAsync(db, openings, await clock.NowAsync(token), token));

    /// <summary>Raises the agent's epoch, which at once takes the voice from every older session.</summary>
    /// <remarks>The agent's leases move to the new session with it: they point at the agent, and the newest session speaks for it.</remarks>
    public Task<HelloOutcome> OpenAsync(AgentHello hello, string coordinatorId, TimeSpan leaseTime, CancellationToken cancellationToken) =>
        _openings.RunAsync(new SessionOpening(hello, coordinatorId, leaseTime), cancellationToken);

    /// <summary>Moves the lease of a session on; false when a newer session took over or this one ended.</summary>
    public Task<bool> RenewAsync(string agentId, long epoch, TimeSpan leaseTime, CancellationToken cancellationToken) =>
        _renewals.RunAsync((agentId, epoch, leaseTime), cancellationToken);

    /// <summary>Whether no newer session of the agent was opened since.</summary>
    public async Task<bool> IsNewestAsync(string agentId, long epoch, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Agents.AnyAsync(agent => agent.Id == agentId && agent.SessionEpoch == epoch, cancellationToken);
    }

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
        return await TokenQuery(db, hash, now, cancellationToken);
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
        return await TimingQuery(db, backendId, cancellationToken);
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
}
