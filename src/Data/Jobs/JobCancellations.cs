using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>A cancel is a row: it is never forgotten, and repeated to the agent until it confirms.</summary>
public sealed class JobCancellations(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    /// <summary>Cancels every open job of a request. Changes nothing about jobs that ended.</summary>
    public Task<CancelOutcome> CancelRequestAsync(int requestId, int userId, CancellationToken cancellationToken) =>
        CancelAsync(requestId, jobId: null, userId, cancellationToken);

    /// <summary>Cancels one open job; what depends on it is not started.</summary>
    public Task<CancelOutcome> CancelJobAsync(int requestId, string jobId, int userId, CancellationToken cancellationToken) =>
        CancelAsync(requestId, jobId, userId, cancellationToken);

    private Task<CancelOutcome> CancelAsync(int requestId, string? jobId, int userId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var now = timeProvider.GetUtcNow();
            var changes = new JobChangeSet(db, now);
            var ids = await db.Jobs.Where(job =>
                    job.JobRequestId == requestId && (jobId == null || job.Id == jobId)
                    && (job.State == JobState.Pending || job.State == JobState.Running) && job.CancelRequestedAt == null)
                .OrderBy(job => job.Position)
                .Select(job => job.Id)
                .ToListAsync(token);
            var ended = 0;
            var stopping = 0;
            foreach (var id in ids)
            {
                if (await RequestAsync(db, changes, id, userId, now, token) is not { } endedAtOnce)
                {
                    continue;
                }

                ended += endedAtOnce ? 1 : 0;
                stopping += endedAtOnce ? 0 : 1;
            }

            await changes.CompleteAsync(token);
            if (ended + stopping > 0)
            {
                await audit.AppendAsync(
                    db, userId, AuditAct.JobsCancelled, jobId is null ? $"job_request:{requestId}" : $"job:{jobId}", new { ended, stopping }, token);
            }

            return new CancelOutcome { Ended = ended, Stopping = stopping };
        },
        cancellationToken);

    /// <returns>Whether the job ended at once; null when it ended by itself meanwhile or somebody else cancelled it.</returns>
    private static async Task<bool?> RequestAsync(
        JobServerDb db, JobChangeSet changes, string id, int userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? at = now;
        int? by = userId;

        // The write takes the row's lock, so what is read after it cannot be leased or ended by anybody else.
        var isRequested = await db.Jobs
            .Where(row => row.Id == id && row.CancelRequestedAt == null && (row.State == JobState.Pending || row.State == JobState.Running))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.CancelRequestedAt, at)
                    .SetProperty(row => row.CancelRequestedById, by)
                    .SetProperty(row => row.Revision, row => row.Revision + 1),
                cancellationToken) == 1;
        if (!isRequested)
        {
            return null;
        }

        var job = await JobRow.From(db.Jobs.Where(row => row.Id == id)).SingleAsync(cancellationToken);
        db.JobEvents.Add(new JobEvent
        {
            JobId = job.Id,
            At = now,
            Kind = JobEventKind.CancelRequested,
            State = job.State,
            StatusCode = job.StatusCode,
            Fence = job.Fence,
            AgentId = job.AgentId,
        });
        changes.Touch(job.JobRequestId);

        // Nobody has accepted it: the lease is taken back, and the fence keeps a late agent out.
        var transition = job.IsAccepted
            ? JobStateMachine.Next(job.Phase, job.StatusCode, cancelRequested: false, JobTrigger.RequestCancel)
            : JobStateMachine.Next(job.Phase, job.StatusCode, cancelRequested: true, job.Phase == JobPhase.Leased ? JobTrigger.ReturnLease : JobTrigger.RequestCancel);
        if (transition is JobTransition.Moves moves)
        {
            var kind = moves.To == JobPhase.Ended ? JobEventKind.Cancelled : JobEventKind.CancelRequested;
            await changes.MoveAsync(job, new JobMove { To = moves.To, Code = moves.Code!.Value, Kind = kind }, cancellationToken);
        }

        if (job.AgentId is { } agentId)
        {
            await db.Agents.Where(agent => agent.Id == agentId)
                .ExecuteUpdateAsync(set => set.SetProperty(agent => agent.DesiredRevision, agent => agent.DesiredRevision + 1), cancellationToken);
        }

        return transition is JobTransition.Moves { To: JobPhase.Ended };
    }
}
