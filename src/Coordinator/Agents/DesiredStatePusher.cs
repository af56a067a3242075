using JobServer.Contracts.V1;
using JobServer.Data.Agents;
using AgentMode = JobServer.Domain.Agents.AgentMode;

namespace JobServer.Coordinator.Agents;

/// <summary>Tells an agent what the rows want of it, again and again until it has confirmed.</summary>
internal sealed class DesiredStatePusher(AgentSessions sessions, TimeProvider timeProvider)
{
    /// <summary>So many cancels at a time fit into the control lane with all else.</summary>
    private const int MostCancels = 32;

    public async Task PushAsync(AgentSession session, CancellationToken cancellationToken)
    {
        var desired = await sessions.DesiredAsync(session.AgentId, cancellationToken);
        if (desired.Mode == AgentMode.Revoked)
        {
            session.Close(GoAwayReason.Revoked, Revocation.RetryAfter, Revocation.Message);
            return;
        }

        if (desired.SessionEpoch != session.Epoch)
        {
            session.Supersede();
            return;
        }

        var cancels = desired.Cancels.Where(cancel => !session.IsCancelConfirmed(cancel.JobId, cancel.Fence)).ToList();
        foreach (var cancel in cancels.Take(MostCancels))
        {
            session.NoteCancelSent(cancel.JobId, cancel.Fence, timeProvider.GetTimestamp());
            session.Send(session.Lanes.TryControl(new CoordinatorFrame
            {
                Cancel = new Cancel
                {
                    Attempt = new Attempt { JobId = cancel.JobId, Fence = cancel.Fence },
                    Reason = "Cancelled by a user",
                    GraceMs = (long)session.Timing.CancelGrace.TotalMilliseconds,
                    CancelRevision = desired.Revision,
                },
            }));
        }

        if (desired.Revision != session.PushedRevision || desired.Mode != session.PushedMode)
        {
            // Whoever drains says anew how far it is.
            session.DrainNoted = null;
            session.PushedMode = desired.Mode;
            session.Send(session.Lanes.TryControl(new CoordinatorFrame { SetMode = SetModeOf(desired) }));
        }

        // The next look sends the others, when the agent has confirmed some.
        if (cancels.Count <= MostCancels)
        {
            session.PushedRevision = desired.Revision;
        }
    }

    private static SetMode SetModeOf(DesiredAgentState desired) => new()
    {
        Mode = AgentModes.Of(desired.Mode),
        DesiredRevision = desired.Revision,

        // 0 stands for no deadline; one that has passed is the shortest there is.
        DeadlineMs = desired.DrainWithin is { } within ? Math.Max(1, (long)within.TotalMilliseconds) : 0,
    };
}
