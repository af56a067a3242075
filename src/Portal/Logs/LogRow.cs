namespace JobServer.Portal.Logs;

/// <summary>How much of one attempt's log has come in.</summary>
internal sealed record LogRow
{
    public required long Fence { get; init; }

    /// <summary>In bytes as the job wrote them.</summary>
    public required long CommittedOffset { get; init; }

    /// <summary>In bytes, without the gaps.</summary>
    public required long StoredSize { get; init; }

    public required bool IsComplete { get; init; }

    /// <summary>In order.</summary>
    public required IReadOnlyList<LogHole> Gaps { get; init; }

    /// <summary>Where an offset of the job's is in the stored file.</summary>
    public long PositionOf(long offset) =>
        offset - Gaps.TakeWhile(gap => gap.From < offset).Sum(gap => Math.Min(gap.To, offset) - gap.From);
}
