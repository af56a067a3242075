namespace JobServer.Portal.Logs;

/// <summary>What of a log a reader has, as one number: the revision of the live part.</summary>
internal readonly record struct LogMoment(long Fence, long Offset, bool IsComplete)
{
    private const int FenceBits = 11;
    private const long FenceMask = (1L << FenceBits) - 1;

    public static LogMoment Of(LogRow log) => new(log.Fence & FenceMask, log.CommittedOffset, log.IsComplete);

    public static LogMoment Of(long revision) =>
        new((revision >> 1) & FenceMask, revision >> (FenceBits + 1), (revision & 1) != 0);

    public long Revision => (Offset << (FenceBits + 1)) | (Fence << 1) | (IsComplete ? 1L : 0L);

    /// <summary>Whether what follows can be added to what the reader has.</summary>
    public bool GoesOnTo(LogMoment next) => Fence == next.Fence && Offset <= next.Offset && IsComplete == next.IsComplete;
}
