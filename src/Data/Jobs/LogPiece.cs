namespace JobServer.Data.Jobs;

/// <summary>What an agent says of an attempt's log. Offsets are in bytes as the job wrote them, gaps included.</summary>
public abstract record LogPiece
{
    private LogPiece()
    {
    }

    /// <summary>Asks how far the log is.</summary>
    public sealed record Look : LogPiece;

    public sealed record Bytes(long Offset, ReadOnlyMemory<byte> Data) : LogPiece;

    /// <summary>Bytes that will never come, up to and without <paramref name="To"/>.</summary>
    public sealed record Gap(long From, long To, string Reason) : LogPiece;

    /// <summary>Nothing follows.</summary>
    public sealed record End(long Length) : LogPiece;
}
