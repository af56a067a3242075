namespace JobServer.Domain.Jobs;

/// <summary>Bytes of a log that will never come.</summary>
public sealed class JobLogGap
{
    public const int ReasonMaxLength = 200;

    public required string JobId { get; init; }

    public required long Fence { get; init; }

    /// <summary>Offset of the first missing byte.</summary>
    public required long From { get; init; }

    /// <summary>Offset of the first byte after it.</summary>
    public required long To { get; init; }

    public required string Reason { get; init; }
}
