using JobServer.Contracts.V1;
using JobServer.Coordinator.Dispatch;
using JobServer.Coordinator.Reports;
using JobServer.Coordinator.Telemetry;
using JobServer.Data.Agents;
using JobServer.Data.Jobs;

namespace JobServer.Coordinator.Agents;

/// <summary>What each frame of a live session does. Reports only join a queue here, so that reading never waits for the database.</summary>
internal sealed class FrameHandler(
    JobLeases leases, AgentSessions sessions, ReportQueue reports, DispatchSignal dispatch, DesiredStatePusher desired, ModeChanges modes,
    TimeProvider timeProvider, ILogger<FrameHandler> logger)
{
    /// <returns>Why the session ends, or null when it goes on.</returns>
    public async Task<string?> HandleAsync(AgentSession session, AgentFrame frame, CancellationToken cancellationToken)
    {
        switch (frame.FrameCase)
        {
            case AgentFrame.FrameOneofCase.Status:
                return await ReportAsync(session, frame.Status, cancellationToken);

            case AgentFrame.FrameOneofCase.Heartbeat:
                return await BeatAsync(session, frame.Heartbeat, cancellationToken);

            case AgentFrame.FrameOneofCase.AssignReply:
                return await AnsweredAsync(session, frame.AssignReply, cancellationToken);

            case AgentFrame.FrameOneofCase.CancelReply:
                return await CancelAnsweredAsync(session, frame.CancelReply, cancellationToken);

            case AgentFrame.FrameOneofCase.Credits:
                Credit(session, frame.Credits);
                return null;

            case AgentFrame.FrameOneofCase.Bye:
                await ReturnUnansweredAsync(session, cancellationToken);
                return "the agent said goodbye";

            case AgentFrame.FrameOneofCase.DrainState:
                await DrainedAsync(session, frame.DrainState, cancellationToken);
                return null;

            case AgentFrame.FrameOneofCase.Hello:
                return Malformed(session, "a second Hello");

            default:
                if (session.IsFirstUnknown(frame.FrameCase))
                {
                    AgentLog.UnknownFrame(logger, session.AgentId, frame.FrameCase);
                }

                CoordinatorMetrics.UnknownFrame();
                return null;
        }
    }

    private static string Malformed(AgentSession session, string what)
    {
        session.Close(GoAwayReason.ProtocolError, TimeSpan.Zero, $"The agent sent {what}.");
        return what;
    }

    private static AttemptHolder HolderOf(AgentSession session, Attempt attempt) => new()
    {
        AgentId = session.AgentId,
        SessionEpoch = session.Epoch,
        JobId = attempt.JobId,
        Fence = attempt.Fence,
    };

    private async Task<string?> ReportAsync(AgentSession session, Status status, CancellationToken cancellationToken)
    {
        if (StatusReading.Read(status, session.AgentId, session.Epoch) is not { } report)
        {
            return Malformed(session, "a malformed Status");
        }

        await reports.EnqueueAsync(new PendingReport { Report = report, Session = session, ReadAt = timeProvider.GetTimestamp() }, cancellationToken);
        return null;
    }

    private async Task<string?> BeatAsync(AgentSession session, Heartbeat heartbeat, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetTimestamp();
        var isDue = timeProvider.GetElapsedTime(session.RenewedAt, now) >= session.Timing.RenewAfter;
        if (isDue)
        {
            if (!await sessions.RenewAsync(session.AgentId, session.Epoch, session.Timing.Lease, cancellationToken))
            {
                session.Close(GoAwayReason.Superseded, TimeSpan.Zero, "This session is no longer the agent's newest.");
                return "superseded";
            }

            session.RenewedAt = now;
            session.RenewedBy = heartbeat.SentAt;
        }

        if (heartbeat.Credits is { } credits)
        {
            Credit(session, credits);
        }

        session.Send(session.Lanes.TryControl(new CoordinatorFrame
        {
            HeartbeatAck = new HeartbeatAck
            {
                RenewedBy = session.RenewedBy,
                DesiredRevision = session.PushedRevision,
                LeaseTtlMs = (long)session.Timing.Lease.TotalMilliseconds,
                LeaseMarginMs = (long)session.Timing.Margin.TotalMilliseconds,
            },
        }));

        // The loop has pushed what changed; what the agent has not confirmed is said again.
        if (session.HasUnconfirmedCancels || heartbeat.DesiredRevisionApplied != session.PushedRevision)
        {
            await desired.PushAsync(session, cancellationToken);
        }

        return null;
    }

    private async Task<string?> AnsweredAsync(AgentSession session, AssignReply reply, CancellationToken cancellationToken)
    {
        if (!HelloReading.IsAttempt(reply.Attempt))
        {
            return Malformed(session, "a malformed AssignReply");
        }

        if (session.NoteAnswered(reply.Attempt.JobId, reply.Attempt.Fence) is { } sentAt)
        {
            CoordinatorMetrics.AssignmentAnswered(timeProvider.GetElapsedTime(sentAt));
        }

        var holder = HolderOf(session, reply.Attempt);
        if (reply.Decision == AssignDecision.Accepted)
        {
            if (!await leases.AcceptAsync(holder, cancellationToken))
            {
                CoordinatorMetrics.Fenced("acceptance");
                session.Send(session.Lanes.TryControl(new CoordinatorFrame { Fenced = new Fenced { Attempt = reply.Attempt } }));
            }

            return null;
        }

        if (reply.Decision is AssignDecision.BadSpec or AssignDecision.Unable)
        {
            // Asking again would not help, and the job would stand before all others for ever.
            await leases.RejectAsync(holder, $"The backend cannot run this: {HelloReading.Clean(reply.Message)}", cancellationToken);
            dispatch.Raise();
            return null;
        }

        // No room after all: nothing more until it says so, or the two would play ball.
        session.Credits = new ClaimLimits { Standard = 0, Database = 0 };
        var message = $"The agent could not take it: {HelloReading.Clean(reply.Message)}";
        if (reply.Decision == AssignDecision.Draining)
        {
            // It takes nothing more, so others need not wait for it.
            await leases.ReturnAsync(holder, message, cancellationToken);
        }
        else
        {
            await leases.ReturnBusyAsync(holder, message, cancellationToken);
        }

        dispatch.Raise();
        return null;
    }

    private async Task ReturnUnansweredAsync(AgentSession session, CancellationToken cancellationToken)
    {
        session.Credits = new ClaimLimits { Standard = 0, Database = 0 };
        foreach (var (jobId, fence, _) in session.Unanswered().Where(unanswered => session.NoteAnswered(unanswered.JobId, unanswered.Fence) is not null))
        {
            var holder = new AttemptHolder { AgentId = session.AgentId, SessionEpoch = session.Epoch, JobId = jobId, Fence = fence };
            await leases.ReturnAsync(holder, "The agent left before it took the job", cancellationToken);
        }

        dispatch.Raise();
    }

    private async Task<string?> CancelAnsweredAsync(AgentSession session, CancelReply reply, CancellationToken cancellationToken)
    {
        if (!HelloReading.IsAttempt(reply.Attempt))
        {
            return Malformed(session, "a malformed CancelReply");
        }

        if (session.NoteCancelConfirmed(reply.Attempt.JobId, reply.Attempt.Fence) is not { } askedAt)
        {
            return null;
        }

        CoordinatorMetrics.CancelConfirmed(timeProvider.GetElapsedTime(askedAt));

        if (reply.Outcome == Contracts.V1.CancelOutcome.UnknownAttempt)
        {
            await leases.LoseAsync(HolderOf(session, reply.Attempt), "", cancellationToken);
            dispatch.Raise();
        }

        return null;
    }

    private async Task DrainedAsync(AgentSession session, DrainState state, CancellationToken cancellationToken)
    {
        var left = Math.Clamp(state.AttemptsLeft, 0, int.MaxValue);
        if (session.DrainNoted != left && await modes.NoteDrainAsync(session.AgentId, session.Epoch, left, cancellationToken))
        {
            session.DrainNoted = left;
        }
    }

    private void Credit(AgentSession session, Credits credits)
    {
        var before = session.Credits;
        var now = new ClaimLimits
        {
            Standard = HelloReading.SlotsOf(credits.Free, JobKind.Standard),
            Database = HelloReading.SlotsOf(credits.Free, JobKind.Database),
        };
        session.Credits = now;

        // The same room as before was looked at when it was new; the poll finds what becomes ready meanwhile.
        if (now.Standard > before.Standard || now.Database > before.Database)
        {
            dispatch.Raise();
        }
    }
}
