using JobServer.Contracts.V1;
using JobServer.Data.Agents;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Agents;

/// <summary>Tells an agent what the rows want of it, again and again until it has confirmed.</summary>
internal sealed class DesiredStatePusher(AgentSessions sessions, IOptions<CoordinatorOptions> options)
{
    public async Task PushAsync(AgentSession session, CancellationToken cancellationToken)
    {
        var desired = await sessions.DesiredAsync(session.AgentId, cancellationToken);
        if (desired.SessionEpoch != session.Epoch)
        {
            session.Close(GoAwayReason.Superseded, TimeSpan.Zero, "A newer session of this agent has connected.");
            return;
        }

        foreach (var cancel in desired.Cancels.Where(cancel => !session.IsCancelConfirmed(cancel.JobId, cancel.Fence)))
        {
            session.Send(session.Lanes.TryControl(new CoordinatorFrame
            {
                Cancel = new Cancel
                {
                    Attempt = new Attempt { JobId = cancel.JobId, Fence = cancel.Fence },
                    Reason = "Cancelled by a user",
                    GraceMs = (long)options.Value.CancelGrace.TotalMilliseconds,
                    CancelRevision = desired.Revision,
                },
            }));
        }

        if (desired.Revision != session.PushedRevision)
        {
            session.Send(session.Lanes.TryControl(new CoordinatorFrame
            {
                SetMode = new SetMode { Mode = AgentModes.Of(desired.Mode), DesiredRevision = desired.Revision },
            }));
            session.PushedRevision = desired.Revision;
        }
    }
}
