using JobServer.Data.Logs;

namespace JobServer.Portal.Logs;

/// <summary>A stretch of a stored log.</summary>
internal sealed record LogExcerpt
{
    /// <summary>In bytes: what a page shows at most.</summary>
    public const long MaxShown = 256 * 1024;

    private const int Tail = 256;
    private const int LongestFirstLine = 4096;

    public required IReadOnlyList<LogPart> Parts { get; init; }

    /// <summary>In bytes: what comes before it and is not shown.</summary>
    public required long Skipped { get; init; }

    /// <param name="store">Where the bytes are.</param>
    /// <param name="jobId">Whose log.</param>
    /// <param name="log">What of it is committed; nothing beyond is shown.</param>
    /// <param name="since">The committed offset up to which the reader has it; null shows the end of the log.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<LogExcerpt> ReadAsync(
        ILogStore store, string jobId, LogRow log, long? since, CancellationToken cancellationToken)
    {
        await using var file = store.OpenRead(jobId, log.Fence);
        var earliest = Math.Max(0, log.CommittedOffset - MaxShown);
        var from = since is { } known ? await SafeAsync(file, log, Math.Min(known, log.CommittedOffset), cancellationToken) : 0;
        var isCut = from < earliest;
        var start = isCut ? earliest : from;
        var end = log.IsComplete ? log.CommittedOffset : await SafeAsync(file, log, log.CommittedOffset, cancellationToken);
        var parts = new List<LogPart>();
        var skipped = isCut ? start - from : 0;
        foreach (var (begin, stop, hole) in Stretches(log, start, end))
        {
            if (hole is not null)
            {
                parts.Add(new LogPart(hole.Words, IsNote: true));
                continue;
            }

            var bytes = await BytesAsync(file, log.PositionOf(begin), (int)(stop - begin), cancellationToken);
            if (bytes.Length < stop - begin)
            {
                parts.Add(new LogPart("— a part of the log cannot be read now —", IsNote: true));
                break;
            }

            // In the middle of a line, perhaps of a character: the next line is a better place to begin.
            var lead = isCut && begin == start ? bytes.AsSpan(0, Math.Min(bytes.Length, LongestFirstLine)).IndexOf((byte)'\n') + 1 : 0;
            skipped += lead;
            if (lead < bytes.Length)
                parts.Add(new LogPart(LogText.Of(bytes.AsSpan(lead))));
        }

        return new LogExcerpt { Parts = parts, Skipped = skipped };
    }

    /// <summary>The stored stretches and the holes between two offsets, in order.</summary>
    public static IEnumerable<(long From, long To, LogHole? Hole)> Stretches(LogRow log, long from, long to)
    {
        var at = from;
        foreach (var gap in log.Gaps.Where(gap => gap.To > from && gap.From < to))
        {
            if (gap.From > at)
                yield return (at, gap.From, null);
            yield return (gap.From, gap.To, gap);
            at = gap.To;
        }

        if (at < to)
            yield return (at, to, null);
    }

    private static async Task<long> SafeAsync(Stream? file, LogRow log, long offset, CancellationToken cancellationToken)
    {
        // Never across a hole: what is before it is over.
        var floor = log.Gaps.Where(gap => gap.To <= offset).Select(gap => gap.To).DefaultIfEmpty().Max();
        var length = (int)Math.Min(Tail, offset - floor);
        if (length <= 0)
            return offset;
        var tail = await BytesAsync(file, log.PositionOf(offset - length), length, cancellationToken);
        return tail.Length < length ? offset : offset - LogText.Unfinished(tail);
    }

    private static async Task<byte[]> BytesAsync(Stream? file, long position, int length, CancellationToken cancellationToken)
    {
        if (file is null || length <= 0)
            return [];
        file.Position = position;
        var bytes = new byte[length];
        var read = await file.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, cancellationToken);
        return read == length ? bytes : bytes[..read];
    }
}
