using JobServer.Data.Writing;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>What may happen to a lease besides a report.</summary>
public sealed class JobLeases(DatabaseWriter writer, IDbContextFactory<JobServerDb> contexts, IDatabaseClock clock, TimeProvider timeProvider, Random random)
{
    // Accepts come one by one from many agents; together they cost one commit.
    private readonly GroupedWrites<AttemptHolder, bool> _acceptances = new(
        writer,
        async (db, holders, token) =>
        {
            var now = timeProvider.GetUtcNow();
            var rows = holders.Distinct().Select(holder => AcceptRow.Of(holder, now)).ToList();
            var accepted = await SetStatement.RunAsync(
                db, SetStatement.Of(db).AcceptJobs, rows, reader => (reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetInt64(3)), token);
            return [.. holders.Select(holder => accepted.Contains((holder.JobId, holder.Fence, holder.AgentId, holder.SessionEpoch)))];
        });

    /// <summary>The agent has journalled the assignment. False when the attempt is no longer its own.</summary>
    public Task<bool> AcceptAsync(AttemptHolder holder, CancellationToken cancellationToken) => _acceptances.RunAsync(holder, cancellationToken);

    /// <summary>The agent never answered the assignment: the job is free again, or ended if it was cancelled meanwhile.</summary>
    /// <remarks>An assignment that was accepted meanwhile is not given back: it may run already.</remarks>
    public Task<LeaseChange> ReturnAsync(AttemptHolder holder, string message, CancellationToken cancellationToken) =>
        ChangeAsync(holder, JobTrigger.ReturnLease, JobEventKind.Released, message, cancellationToken);

    /// <summary>As <see cref="ReturnAsync"/> for an agent that had no room: the job waits a little, longer each time.</summary>
    public Task<LeaseChange> ReturnBusyAsync(AttemptHolder holder, string message, CancellationToken cancellationToken) =>
        ChangeAsync(holder, JobTrigger.ReturnLease, JobEventKind.Released, message, cancellationToken, waits: true);

    /// <summary>The agent can never run it: the job fails with the reason.</summary>
    public Task<LeaseChange> RejectAsync(AttemptHolder holder, string message, CancellationToken cancellationToken) =>
        ChangeAsync(holder, JobTrigger.ReportFailed, JobEventKind.Rejected, message, cancellationToken);

    /// <summary>The attempt ended without a result: queued again at once, or given up after the last.</summary>
    public Task<LeaseChange> LoseAsync(AttemptHolder holder, string message, CancellationToken cancellationToken) =>
        ChangeAsync(holder, JobTrigger.LoseAttempt, JobEventKind.AttemptLost, message, cancellationToken);

    /// <summary>
    /// As <see cref="LoseAsync"/> for an agent that is away; nothing when a session of it was renewed meanwhile. What it
    /// never accepted is free again without counting as an attempt.
    /// </summary>
    public Task<LeaseChange> LapseAsync(AttemptHolder holder, DateTimeOffset now, string message, CancellationToken cancellationToken) =>
        ChangeAsync(
            holder,
            JobTrigger.LoseAttempt,
            JobEventKind.AttemptLost,
            message,
            cancellationToken,
            lapsedBy: now);

    /// <summary>Whether the attempt is still its holder's: it may have been cancelled before it was accepted.</summary>
    public async Task<bool> IsHeldAsync(AttemptHolder holder, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await holder.Holds(db).AnyAsync(cancellationToken);
    }

    /// <summary>The open jobs that rest on an agent.</summary>
    public async Task<IReadOnlyList<HeldJob>> HeldByAsync(string agentId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await HeldJob.HeldBy(db, agentId).ToListAsync(cancellationToken);
    }

    /// <summary>The jobs of an inventory as their rows have them, whoever holds them.</summary>
    public async Task<IReadOnlyList<HeldJob>> FindAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken)
    {
        if (jobIds.Count == 0)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await HeldJob.Of(db, [.. jobIds]).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// A lapsed lease that nobody took is again its last holder's, under the same fence. Not when the agent has been given
    /// so much meanwhile that it has no room: what is left over is stopped and waits its turn.
    /// </summary>
    /// <param name="holder">Who ran it, and the session in which it is back.</param>
    /// <param name="hasEnded">It only reports its end: that needs no room, and finished work is never thrown away for want of it.</param>
    /// <param name="cancellationToken">Nothing half is written.</param>
    public async Task<bool> ReAdoptAsync(AttemptHolder holder, bool hasEnded, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = timeProvider.GetUtcNow();
        return await writer.RunAsync(
            async (db, token) =>
            {
                await ClaimRoom.LockAsync(db, [holder.AgentId], token);
                var won = await db.Jobs
                    .Where(job => job.Id == holder.JobId && job.Fence == holder.Fence && job.AgentId == null && job.State == JobState.Pending
                        && job.CancelRequestedAt == null
                        && db.JobEvents.Any(leased => leased.JobId == job.Id && leased.Fence == job.Fence
                            && leased.Kind == JobEventKind.Leased && leased.AgentId == holder.AgentId)
                        && db.Agents.Any(agent => agent.Id == holder.AgentId && agent.SessionEpoch == holder.SessionEpoch && agent.BackendId == job.BackendId
                            && (hasEnded || db.Jobs
                                .Where(held => held.AgentId == agent.Id && held.UsesDatabase == job.UsesDatabase
                                    && (held.State == JobState.Pending || held.State == JobState.Running))
                                .Sum(held => held.Slots) + job.Slots
                                <= (job.UsesDatabase ? agent.DatabaseSlots : agent.StandardSlots))))
                    .ExecuteUpdateAsync(
                        set => set
                            .SetProperty(job => job.AgentId, holder.AgentId)
                            .SetProperty(job => job.SessionEpoch, holder.SessionEpoch)
                            .SetProperty(job => job.LeasedAt, now)
                            .SetProperty(job => job.AcceptedAt, now)
                            .SetProperty(job => job.StatusCode, JobStatusCode.WaitingOnAgent)
                            .SetProperty(job => job.Revision, job => job.Revision + 1),
                        token) == 1;
                if (won)
                {
                    db.JobEvents.Add(new JobEvent
                    {
                        JobId = holder.JobId,
                        At = now!.Value,
                        Kind = JobEventKind.ReAdopted,
                        State = JobState.Pending,
                        StatusCode = JobStatusCode.WaitingOnAgent,
                        Fence = holder.Fence,
                        AgentId = holder.AgentId,
                        SessionEpoch = holder.SessionEpoch,
                    });
                }

                return won;
            },
            cancellationToken);
    }

    private Task<LeaseChange> ChangeAsync(
        AttemptHolder holder,
        JobTrigger trigger,
        JobEventKind kind,
        string message,
        CancellationToken cancellationToken,
        DateTimeOffset? lapsedBy = null,
        bool waits = false) => writer.RunAsync(
        async (db, token) =>
        {
            var held = holder.Holds(db);
            if (lapsedBy is { } moment)
            {
                held = held.Where(row => !db.AgentSessions.Any(session => session.AgentId == row.AgentId && session.ExpiresAt > moment));
            }

            var job = await JobRow.From(trigger == JobTrigger.ReturnLease ? held.Where(row => row.AcceptedAt == null) : held).SingleOrDefaultAsync(token);
            if (job is null)
            {
                return LeaseChange.NotHeld;
            }

            // No attempt was made of what an agent went away without accepting.
            var wasNeverTaken = lapsedBy is not null && !job.IsAccepted && job.Phase == JobPhase.Leased;
            var loses = trigger == JobTrigger.LoseAttempt && !wasNeverTaken;
            var effective = wasNeverTaken ? JobTrigger.ReturnLease : loses && job.LostAttempts + 1 >= JobReports.MaxLostAttempts ? JobTrigger.GiveUp : trigger;
            if (JobStateMachine.Next(job.Phase, job.StatusCode, job.IsCancelRequested, effective) is not JobTransition.Moves moves)
            {
                return LeaseChange.NotHeld;
            }

            var now = timeProvider.GetUtcNow();
            int? failures = loses ? job.LostAttempts : waits ? await ReturnsAsync(db, job.Id, token) : null;
            var changes = new JobChangeSet(db, now);
            var move = new JobMove
            {
                To = moves.To,
                Code = moves.Code ?? JobStatusCode.InternalError,
                Kind = wasNeverTaken ? JobEventKind.Released : kind,
                Message = message,
                LosesAttempt = loses,
                NotBefore = failures is { } before ? await clock.NowAsync(token) + QueueBackOff.After(before, random) : null,
            };
            if (!await changes.MoveAsync(job, move, token))
            {
                return LeaseChange.NotHeld;
            }

            await changes.CompleteAsync(token);
            return moves.To == JobPhase.Queued ? LeaseChange.Queued : LeaseChange.Ended;
        },
        cancellationToken);

    private static Task<int> ReturnsAsync(JobServerDb db, string jobId, CancellationToken cancellationToken) =>
        db.JobEvents.CountAsync(row => row.JobId == jobId && row.Kind == JobEventKind.Released, cancellationToken);
}
