using Google.Protobuf;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Transfers;

namespace JobServer.RunnerAgent.Logs;

/// <summary>
/// One stream: asks how far each log is, then sends what is there beyond it, in passes. A pass sends a bounded number
/// of frames and waits for all answers, so what is in flight is bounded and what runs keeps filling the next pass.
/// </summary>
internal sealed class LogStream(LogLedger ledger, AgentJournal journal, LiveSession session, TimeProvider time, ILogger logger)
{
    /// <summary>In bytes; the Coordinator takes no larger ones.</summary>
    public const int ChunkSize = 32 * 1024;

    /// <summary>In bytes: more is not sent of one log, however much the site keeps.</summary>
    public const long MaxSent = 1024L * 1024 * 1024;

    /// <summary>Small pieces that a job prints one after the other travel together.</summary>
    public static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(250);

    private const int FramesInPass = 32;
    private const int ChunksOfOne = 8;
    private const int MaxDamages = 3;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ProgressLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TryLater = TimeSpan.FromSeconds(5);

    private readonly HashSet<AttemptKey> _opened = [];
    private readonly byte[] _buffer = new byte[ChunkSize];
    private int _turn;
    private bool _hasMore;

    /// <summary>Returns when there is nothing to send for a while, or when the session is another one.</summary>
    public async Task RunAsync(LogLink link, CancellationToken stopping)
    {
        var epoch = session.Epoch;
        if (epoch == 0)
            return;

        await BeginAsync(link, epoch, stopping);
        var quietSince = time.GetTimestamp();
        while (session.Epoch == epoch)
        {
            var frames = Frames();
            if (frames.Count > 0)
            {
                await PassAsync(link, frames, stopping);
                quietSince = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(quietSince) >= Idle || ledger.Pending().Count == 0)
            {
                return;
            }

            if (!_hasMore)
                await Task.Delay(Coalesce, time, stopping);
        }
    }

    private async Task BeginAsync(LogLink link, long epoch, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(ProgressLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        await link.Write(new LogFrame { Session = new SessionRef { AgentId = journal.AgentId, SessionEpoch = epoch } }, either.Token);
    }

    private List<LogFrame> Frames()
    {
        _hasMore = false;
        var frames = new List<LogFrame>(FramesInPass);
        var waiting = ledger.Pending().Where(ledger.HasNews).ToList();

        // Each pass begins with another one, so that no log waits for ever behind longer ones.
        var turn = waiting.Count > 0 ? _turn++ % waiting.Count : 0;
        foreach (var attempt in waiting.Skip(turn).Concat(waiting.Take(turn)))
        {
            if (frames.Count >= FramesInPass)
            {
                _hasMore = true;
                break;
            }

            if (_opened.Add(attempt.Key))
            {
                frames.Add(new LogFrame { Open = new LogOpen { Attempt = attempt.Key.ToAttempt() } });
                _hasMore = true;
            }
            else
            {
                Add(frames, attempt);
            }
        }

        return frames;
    }

    private void Add(List<LogFrame> frames, AttemptRecord attempt)
    {
        // Asked before the length: what is over now will not grow.
        var isOver = !attempt.Unfinished;
        var spool = ledger.Spool(attempt.Key);
        var size = spool.Size();
        var end = Math.Min(size.Kept, MaxSent);
        var next = ledger.Find(attempt.Key).Committed;
        for (var chunks = 0; next < end; chunks++)
        {
            if (chunks == ChunksOfOne || frames.Count >= FramesInPass)
            {
                _hasMore = true;
                return;
            }

            var wanted = (int)Math.Min(ChunkSize, end - next);
            var read = spool.Read(next, _buffer.AsSpan(0, wanted));
            if (read == 0)
                return;

            frames.Add(new LogFrame { Chunk = Chunk(attempt.Key, next, _buffer.AsSpan(0, read)) });
            next += read;
        }

        if (!isOver)
            return;

        // The frames that end a log may go over the number by two.
        var whole = Math.Max(next, size.Printed);
        if (whole > next)
            frames.Add(new LogFrame { Gap = new LogGap { Attempt = attempt.Key.ToAttempt(), From = next, To = whole, Reason = Reason(size) } });
        frames.Add(new LogFrame { End = new LogEnd { Attempt = attempt.Key.ToAttempt(), Length = whole } });
    }

    private static LogChunk Chunk(AttemptKey key, long offset, ReadOnlySpan<byte> data) => new()
    {
        Attempt = key.ToAttempt(),
        Offset = offset,
        Data = ByteString.CopyFrom(data),
        Crc32C = LogChecksum.Of(data),
    };

    private static string Reason(SpoolSize size) => size switch
    {
        { IsGivenUp: true } => "the site had to make room for the logs of other jobs before this was sent",
        { Kept: > MaxSent } => "the job printed more than is sent of one log",
        _ => $"the job printed more than the {size.Kept} bytes that the site keeps of one log",
    };

    private async Task PassAsync(LogLink link, List<LogFrame> frames, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(ProgressLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        foreach (var frame in frames)
            await link.Write(frame, either.Token);

        for (var i = 0; i < frames.Count; i++)
            Take(await link.Read(either.Token) ?? throw new TransferUnavailableException("the log stream ended before all answers came"));
    }

    private void Take(LogReply reply)
    {
        var key = AttemptKey.Of(reply.Attempt ?? new Attempt());
        if (!_opened.Contains(key))
            return;

        switch (reply.Refusal)
        {
            case LogRefusal.Unspecified:
            case LogRefusal.Offset:
                ledger.Set(key, reply.CommittedOffset);
                if (reply.Progress == LogProgress.Complete)
                    ledger.Finish(key);
                break;
            case LogRefusal.Checksum:
                if (ledger.Damaged(key, reply.CommittedOffset) >= MaxDamages)
                    ledger.Postpone(key, TryLater);
                break;
            case LogRefusal.Malformed when ledger.Spool(key).Size() is { IsGivenUp: false } size && reply.CommittedOffset > size.Kept:
                // The machine lost the end of a log that was sent before: what is stored is all there will ever be.
                ledger.Set(key, reply.CommittedOffset);
                break;
            case LogRefusal.Session:
                throw new TransferUnavailableException(reply.Message);
            case LogRefusal.Policy:
            case LogRefusal.NotHeld:
            case LogRefusal.TooLate:
            case LogRefusal.TooLarge:
            case LogRefusal.Malformed:
                logger.Refused(key, reply.Refusal, reply.Message);
                ledger.Finish(key);
                break;
            default:
                ledger.Postpone(key, TryLater);
                break;
        }
    }
}
