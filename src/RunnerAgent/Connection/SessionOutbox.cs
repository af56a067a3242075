using System.Threading.Channels;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Telemetry;

namespace JobServer.RunnerAgent.Connection;

/// <summary>Says what there is to say: heartbeats, reports not yet acknowledged, free slots, how far a drain is.</summary>
internal sealed class SessionOutbox(
    AgentJournal journal, AttemptTable attempts, SessionInbox inbox, SessionRecord record, ChannelWriter<AgentFrame> outgoing, TimeProvider time)
{
    private const int BeatsBeforeResend = 2;

    private readonly Dictionary<AttemptKey, (long Acked, int Beats)> _waiting = [];
    private Credits? _said;
    private int _draining = -1;

    public async Task<SessionEnd> BeatAsync(SessionTiming timing, AgentWake wake, CancellationToken cancellationToken)
    {
        try
        {
            var due = time.GetTimestamp();
            while (true)
            {
                AgentMetrics.Beaten(time.GetElapsedTime(due));
                await outgoing.WriteAsync(new AgentFrame { Heartbeat = Heartbeat() }, cancellationToken);
                inbox.BeatAt = time.GetTimestamp();
                due = inbox.BeatAt + (long)(timing.Heartbeat.TotalSeconds * time.TimestampFrequency);

                // Again and again: the Coordinator may have had reason not to take the last for the end.
                if (attempts.Mode == AgentMode.Draining)
                    await outgoing.WriteAsync(new AgentFrame { DrainState = new DrainState { AttemptsLeft = attempts.Held(inbox.IsHeld) } }, cancellationToken);

                await Task.Delay(timing.Heartbeat, time, cancellationToken);
                record.Write();
                attempts.ForgetAgain();
                ResendWhatWaitsTooLong();
                wake.Set();
            }
        }
        catch (Exception error)
        {
            return SessionFailure.Of(error);
        }
    }

    public async Task<SessionEnd> PumpAsync(AgentWake wake, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await wake.WaitAsync(cancellationToken);
                await SayAsync(cancellationToken);
            }
        }
        catch (Exception error)
        {
            return SessionFailure.Of(error);
        }
    }

    private async Task SayAsync(CancellationToken cancellationToken)
    {
        foreach (var attempt in journal.Open.Where(attempt => !inbox.IsHeld(attempt.Key)))
        {
            foreach (var report in attempt.Reports.Where(report => report.Sequence > inbox.Sent(attempt.Key)))
            {
                inbox.SetSent(attempt.Key, report.Sequence);
                await outgoing.WriteAsync(new AgentFrame { Status = report.Clone() }, cancellationToken);
            }
        }

        var credits = attempts.Free();
        if (!credits.Equals(_said))
        {
            _said = credits;
            await outgoing.WriteAsync(new AgentFrame { Credits = credits }, cancellationToken);
        }

        var left = attempts.Mode == AgentMode.Draining ? attempts.Held(inbox.IsHeld) : -1;
        if (left != _draining)
        {
            _draining = left;
            if (left >= 0)
                await outgoing.WriteAsync(new AgentFrame { DrainState = new DrainState { AttemptsLeft = left } }, cancellationToken);
        }
    }

    /// <summary>A report may be lost behind the stream, where its end cannot be seen from here.</summary>
    private void ResendWhatWaitsTooLong()
    {
        var open = journal.Open;
        foreach (var gone in _waiting.Keys.Except(open.Select(attempt => attempt.Key)).ToList())
            _waiting.Remove(gone);

        foreach (var attempt in open)
        {
            if (inbox.Sent(attempt.Key) <= attempt.LastAcked)
            {
                _waiting.Remove(attempt.Key);
                continue;
            }

            var beats = _waiting.TryGetValue(attempt.Key, out var before) && before.Acked == attempt.LastAcked ? before.Beats + 1 : 1;
            if (beats > BeatsBeforeResend)
            {
                inbox.SetSent(attempt.Key, attempt.LastAcked);
                beats = 0;
            }

            _waiting[attempt.Key] = (attempt.LastAcked, beats);
        }
    }

    private Heartbeat Heartbeat() => new()
    {
        SentAt = time.GetTimestamp(),
        DesiredRevisionApplied = inbox.DesiredRevision,
        Credits = attempts.Free(),
        DiskFree = attempts.DiskFree,
        AttemptsHeld = attempts.Unfinished,
    };
}
