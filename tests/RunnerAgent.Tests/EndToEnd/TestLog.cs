using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

/// <summary>One attempt's log as the test's coordinator has it: strict about offsets, as the real one is.</summary>
internal sealed class TestLog
{
    private readonly Lock _lock = new();
    private readonly List<byte> _bytes = [];

    public long Committed { get; private set; }

    public bool IsComplete { get; private set; }

    public List<LogGap> Gaps { get; } = [];

    public List<int> Sizes { get; } = [];

    public byte[] Bytes
    {
        get
        {
            lock (_lock)
                return [.. _bytes];
        }
    }

    public LogReply Take(LogFrame frame, CoordinatorRows rows)
    {
        lock (_lock)
        {
            var refusal = rows.LogRefusal != LogRefusal.Unspecified ? rows.LogRefusal : Apply(frame, rows);
            return new LogReply
            {
                Attempt = frame.Open?.Attempt ?? frame.Chunk?.Attempt ?? frame.Gap?.Attempt ?? frame.End.Attempt,
                CommittedOffset = Committed,
                Progress = IsComplete ? LogProgress.Complete : LogProgress.Open,
                Refusal = refusal,
            };
        }
    }

    private LogRefusal Apply(LogFrame frame, CoordinatorRows rows)
    {
        switch (frame.FrameCase)
        {
            case LogFrame.FrameOneofCase.Chunk when rows.DamagedChunks > 0:
                rows.DamagedChunks--;
                return LogRefusal.Checksum;
            case LogFrame.FrameOneofCase.Chunk when LogChecksum.Of(frame.Chunk.Data.Span) != frame.Chunk.Crc32C:
                return LogRefusal.Malformed;
            case LogFrame.FrameOneofCase.Chunk when frame.Chunk.Offset != Committed:
            case LogFrame.FrameOneofCase.Gap when frame.Gap.From != Committed:
            case LogFrame.FrameOneofCase.End when frame.End.Length != Committed:
                return LogRefusal.Offset;
            case LogFrame.FrameOneofCase.Chunk:
                _bytes.AddRange(frame.Chunk.Data);
                Sizes.Add(frame.Chunk.Data.Length);
                Committed += frame.Chunk.Data.Length;
                return LogRefusal.Unspecified;
            case LogFrame.FrameOneofCase.Gap:
                Gaps.Add(frame.Gap);
                Committed = frame.Gap.To;
                return LogRefusal.Unspecified;
            default:
                IsComplete = IsComplete || frame.FrameCase == LogFrame.FrameOneofCase.End;
                return LogRefusal.Unspecified;
        }
    }
}
