using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>What a batch of pieces adds to a log: overlaps are trimmed, holes refused. Pure; nothing is written here.</summary>
internal sealed class LogAdvance(JobLog before, int gapsBefore, long room)
{
    /// <summary>No log is longer, whatever gaps are claimed.</summary>
    private const long MaxOffset = 1L << 50;

    private const int MaxGaps = 1000;

    private static readonly (LogRefusal, string) Taken = (LogRefusal.None, "");

    private long _room = room;

    public long CommittedOffset { get; private set; } = before.CommittedOffset;

    public long StoredSize { get; private set; } = before.StoredSize;

    public bool IsComplete { get; private set; } = before.IsComplete;

    public List<ReadOnlyMemory<byte>> Bytes { get; } = [];

    public List<JobLogGap> Gaps { get; } = [];

    public bool ChangesAnything => CommittedOffset != before.CommittedOffset || IsComplete != before.IsComplete;

    public LogResult Take(LogPiece piece)
    {
        var (refusal, message) = piece switch
        {
            LogPiece.Bytes bytes => Add(bytes),
            LogPiece.Gap gap => Skip(gap),
            LogPiece.End end => Finish(end),
            _ => Taken,
        };
        return new LogResult { CommittedOffset = CommittedOffset, IsComplete = IsComplete, Refusal = refusal, Message = message };
    }

    private (LogRefusal Refusal, string Message) Add(LogPiece.Bytes bytes)
    {
        var end = bytes.Offset + bytes.Data.Length;
        if (Problem(bytes.Offset, end) is { } problem)
        {
            return problem;
        }

        if (end <= CommittedOffset)
        {
            return Taken;
        }

        var fresh = bytes.Data[(int)(CommittedOffset - bytes.Offset)..];
        if (fresh.Length > _room)
        {
            return (LogRefusal.TooLarge, "The job's log is larger than what is stored of one job.");
        }

        Bytes.Add(fresh);
        _room -= fresh.Length;
        StoredSize += fresh.Length;
        CommittedOffset = end;
        return Taken;
    }

    private (LogRefusal Refusal, string Message) Skip(LogPiece.Gap gap)
    {
        if (Problem(gap.From, gap.To) is { } problem)
        {
            return problem;
        }

        if (gap.To <= CommittedOffset)
        {
            return Taken;
        }

        if (gapsBefore + Gaps.Count >= MaxGaps)
        {
            return (LogRefusal.TooLarge, $"A log has at most {MaxGaps} gaps.");
        }

        Gaps.Add(new JobLogGap { JobId = before.JobId, Fence = before.Fence, From = CommittedOffset, To = gap.To, Reason = gap.Reason });
        CommittedOffset = gap.To;
        return Taken;
    }

    private (LogRefusal Refusal, string Message) Finish(LogPiece.End end)
    {
        if (end.Length > CommittedOffset)
        {
            return (LogRefusal.Offset, $"The log ends at {end.Length}, but nothing is known from {CommittedOffset} on.");
        }

        if (end.Length < CommittedOffset)
        {
            return (LogRefusal.Malformed, $"The log has {CommittedOffset} bytes already and cannot end at {end.Length}.");
        }

        IsComplete = true;
        return Taken;
    }

    private (LogRefusal Refusal, string Message)? Problem(long from, long to)
    {
        if (from < 0 || to <= from || to > MaxOffset)
        {
            return (LogRefusal.Malformed, $"Bytes {from} to {to} are no part of a log.");
        }

        if (from > CommittedOffset)
        {
            return (LogRefusal.Offset, $"The next byte is {CommittedOffset}, not {from}.");
        }

        return IsComplete && to > CommittedOffset ? (LogRefusal.Malformed, "The log has ended.") : null;
    }
}
