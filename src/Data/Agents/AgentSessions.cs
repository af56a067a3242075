using JobServer.Data.Blobs;
using JobServer.Data.Writing;
using JobServer.Domain.Agents;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Agents;

/// <summary>Sessions of agents: opened by a Hello, renewed by heartbeats, ended once.</summary>
public sealed class AgentSessions(DatabaseWriter writer, IDbContextFactory<JobServerDb> contexts, IDatabaseClock clock)
{
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
            return (HelloOutcome)new HelloOutcome.Opened(agent.SessionEpoch, journalChanged, agent.Mode, agent.DesiredRevision);
        },
        cancellationToken);

    /// <summary>Moves the lease of a session on; false when a newer session took over or this one ended.</summary>
    public async Task<bool> RenewAsync(string agentId, long epoch, TimeSpan leaseTime, CancellationToken cancellationToken) => await writer.RunAsync(
        async (db, token) =>
        {
            var now = await clock.NowAsync(token);
            DateTimeOffset? seen = now;
            var renewed = await db.AgentSessions
                .Where(session => session.AgentId == agentId && session.Epoch == epoch && session.EndedAt == null && session.Agent.SessionEpoch == epoch)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.ExpiresAt, now + leaseTime), token) == 1;
            if (renewed)
            {
                await db.Agents.Where(agent => agent.Id == agentId)
                    .ExecuteUpdateAsync(set => set.SetProperty(agent => agent.LastSeenAt, seen), token);
                var backendId = await db.Agents.Where(agent => agent.Id == agentId).Select(agent => agent.BackendId).SingleAsync(token);
                await SeenAsync(db, backendId, now, token);
            }

            return renewed;
        },
        cancellationToken);

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
            .Select(agent => new { agent.Mode, agent.DesiredRevision, agent.SessionEpoch })
            .SingleAsync(cancellationToken);
        var cancels = await db.Jobs.AsNoTracking()
            .Where(job => job.AgentId == agentId && job.CancelRequestedAt != null && (job.State == JobState.Pending || job.State == JobState.Running))
            .Select(job => new DesiredCancel { JobId = job.Id, Fence = job.Fence })
            .ToListAsync(cancellationToken);
        return new DesiredAgentState { Mode = agent.Mode, Revision = agent.DesiredRevision, SessionEpoch = agent.SessionEpoch, Cancels = cancels };
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
