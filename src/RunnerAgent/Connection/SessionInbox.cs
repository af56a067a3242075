using System.Collections.Concurrent;
using System.Threading.Channels;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Telemetry;

namespace JobServer.RunnerAgent.Connection;

/// <summary>Does what the Coordinator says, frame by frame.</summary>
internal sealed class SessionInbox(AgentJournal journal, AttemptTable attempts, ChannelWriter<AgentFrame> outgoing, TimeProvider time, ILogger logger)
{
    /// <summary>As long as a timer can wait.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromDays(40);

    private readonly ConcurrentDictionary<AttemptKey, long> _sent = new();
    private readonly ConcurrentDictionary<AttemptKey, bool> _held = new();
    private readonly Lock _lock = new();
    private bool _isTaking;
    private bool _isClosed;

    public long DesiredRevision { get; private set; }

    /// <summary>When the last heartbeat left, as a timestamp.</summary>
    public long BeatAt { get; set; } = time.GetTimestamp();

    /// <summary>The last report of an attempt that was sent in this session.</summary>
    public long Sent(AttemptKey key) => _sent.GetValueOrDefault(key);

    public void SetSent(AttemptKey key, long sequence) => _sent[key] = sequence;

    /// <summary>A person has to decide; nothing is said of it until then.</summary>
    public bool IsHeld(AttemptKey key) => _held.ContainsKey(key);

    public void Take(Welcome welcome)
    {
        DesiredRevision = welcome.DesiredRevision;

        // A drain goes on with its deadline, which only SetMode tells.
        if (welcome.Mode != AgentMode.Unspecified && welcome.Mode != attempts.Mode)
            attempts.SetMode(welcome.Mode);

        foreach (var verdict in welcome.Verdicts)
            Take(verdict);
    }

    /// <summary>Nothing is taken any more. When the frame that is being taken is answered, nothing more is said either.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (!_isTaking)
                outgoing.TryComplete();
        }
    }

    /// <summary>Does what the frame says, unless it comes after <see cref="Close"/>: it is then as if it had not come.</summary>
    public async Task TakeAsync(CoordinatorFrame frame, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_isClosed)
                return;

            _isTaking = true;
        }

        try
        {
            await DoAsync(frame, cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _isTaking = false;
                if (_isClosed)
                    outgoing.TryComplete();
            }
        }
    }

    private async Task DoAsync(CoordinatorFrame frame, CancellationToken cancellationToken)
    {
        switch (frame.FrameCase)
        {
            case CoordinatorFrame.FrameOneofCase.Assign:
                var reply = attempts.Accept(frame.Assign);
                await outgoing.WriteAsync(new AgentFrame { AssignReply = reply }, cancellationToken);
                if (reply.Decision == AssignDecision.Accepted)
                    attempts.Keep(AttemptKey.Of(frame.Assign.Attempt));
                break;
            case CoordinatorFrame.FrameOneofCase.StatusAck:
                Acknowledge(AttemptKey.Of(frame.StatusAck.Attempt), frame.StatusAck.AppliedSequence);
                break;
            case CoordinatorFrame.FrameOneofCase.StatusNack:
                var nacked = AttemptKey.Of(frame.StatusNack.Attempt);
                logger.Gap(nacked, frame.StatusNack.ExpectedSequence);
                SetSent(nacked, frame.StatusNack.ExpectedSequence - 1);
                break;
            case CoordinatorFrame.FrameOneofCase.Fenced:
                attempts.Discard(AttemptKey.Of(frame.Fenced.Attempt));
                break;
            case CoordinatorFrame.FrameOneofCase.Cancel:
                if (attempts.Cancel(frame.Cancel) is { } answer)
                    await outgoing.WriteAsync(new AgentFrame { CancelReply = answer }, cancellationToken);
                break;
            case CoordinatorFrame.FrameOneofCase.SetMode:
                logger.ModeSet(frame.SetMode.Mode);
                attempts.SetMode(frame.SetMode.Mode, frame.SetMode.DeadlineMs > 0 ? Deadline(frame.SetMode.DeadlineMs) : null);
                DesiredRevision = frame.SetMode.DesiredRevision;
                break;
            case CoordinatorFrame.FrameOneofCase.HeartbeatAck:
                AgentMetrics.Acknowledged(time.GetElapsedTime(BeatAt));
                break;
            default:
                logger.UnknownFrame(frame.FrameCase.ToString());
                break;
        }
    }

    private static TimeSpan Deadline(long milliseconds) => TimeSpan.FromMilliseconds(Math.Min(milliseconds, (long)LongestDrain.TotalMilliseconds));

    private void Take(Verdict verdict)
    {
        var key = AttemptKey.Of(verdict.Attempt);
        logger.VerdictTaken(key, verdict.Kind, verdict.AppliedSequence);
        switch (verdict.Kind)
        {
            case VerdictKind.Stop:
            case VerdictKind.Lost:
                attempts.Discard(key);
                break;
            case VerdictKind.Forget:
                attempts.Forget(key);
                break;
            case VerdictKind.Hold:
                _held[key] = true;
                break;
            default:
                SetSent(key, verdict.AppliedSequence);
                Acknowledge(key, verdict.AppliedSequence);
                attempts.Keep(key);
                break;
        }
    }

    private void Acknowledge(AttemptKey key, long sequence)
    {
        if (journal.Find(key) is not { Forgotten: false } attempt || sequence <= attempt.LastAcked)
            return;

        // What is forgotten needs no other record, and one that is not written is made up for: the report is sent again.
        if (attempt.TerminalMade && sequence >= attempt.LastMade)
        {
            attempts.Forget(key);
            return;
        }

        try
        {
            journal.Acknowledge(key, sequence);
        }
        catch (IOException error)
        {
            logger.AcknowledgementNotRecorded(key, error);
        }
    }
}
