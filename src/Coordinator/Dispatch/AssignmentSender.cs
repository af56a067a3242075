using JobServer.Contracts.V1;
using JobServer.Coordinator.Agents;
using JobServer.Data.Jobs;

namespace JobServer.Coordinator.Dispatch;

/// <summary>Sends assignments and sees that each is answered.</summary>
internal sealed class AssignmentSender(
    JobLeases leases, DispatchSignal dispatch, TimeProvider timeProvider, ILogger<AssignmentSender> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The claim is committed; the frame may leave.</summary>
    public void Send(AgentSession session, ClaimedJob job)
    {
        var frame = new CoordinatorFrame { Assign = Assignments.Of(job, session.RenewedBy) };
        session.NoteAssigned(job, frame, timeProvider.GetTimestamp());
        session.Send(session.Lanes.TryAssign(frame));
    }

    /// <summary>What the agent never answered, under the same fence; in safe mode it is given back instead.</summary>
    public async Task ResendAsync(AgentSession session, IReadOnlyList<ClaimedJob> jobs, CancellationToken cancellationToken)
    {
        if (!session.MayAssign)
        {
            AgentLog.SafeMode(logger, session.AgentId, session.Epoch);
        }

        foreach (var job in jobs)
        {
            if (session.MayAssign)
            {
                Send(session, job);
            }
            else
            {
                await leases.ReturnAsync(HolderOf(session, job.JobId, job.Fence), "The agent gets no assignments", cancellationToken);
            }
        }
    }

    /// <summary>Repeats an unanswered assignment once, then takes it back; runs as long as the session.</summary>
    public async Task WatchAsync(AgentSession session, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var (jobId, fence, assignment) in session.Unanswered())
            {
                var waited = timeProvider.GetElapsedTime(assignment.SentAt);
                if (waited >= 2 * session.Timing.AssignmentAnswer)
                {
                    await TakeBackAsync(session, jobId, fence, cancellationToken);
                }
                else if (waited >= session.Timing.AssignmentAnswer && !assignment.WasRepeated)
                {
                    await RepeatAsync(session, jobId, fence, assignment, cancellationToken);
                }
            }
        }
    }

    private async Task RepeatAsync(AgentSession session, string jobId, long fence, UnansweredAssignment assignment, CancellationToken cancellationToken)
    {
        if (!await leases.IsHeldAsync(HolderOf(session, jobId, fence), cancellationToken))
        {
            // Cancelled meanwhile: a late answer to it is fenced.
            session.NoteAnswered(jobId, fence);
            return;
        }

        assignment.WasRepeated = true;
        session.Send(session.Lanes.TryBulk(assignment.Frame));
    }

    private async Task TakeBackAsync(AgentSession session, string jobId, long fence, CancellationToken cancellationToken)
    {
        if (session.NoteAnswered(jobId, fence) is null)
        {
            return;
        }

        AgentLog.AssignmentUnanswered(logger, session.AgentId, jobId, fence);
        await leases.ReturnAsync(HolderOf(session, jobId, fence), "The agent did not answer the assignment", cancellationToken);
        dispatch.Raise();
    }

    private static AttemptHolder HolderOf(AgentSession session, string jobId, long fence) =>
        new() { AgentId = session.AgentId, SessionEpoch = session.Epoch, JobId = jobId, Fence = fence };
}
