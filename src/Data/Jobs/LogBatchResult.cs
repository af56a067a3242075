namespace JobServer.Data.Jobs;

/// <summary>What became of the pieces of one attempt that were taken together.</summary>
public sealed record LogBatchResult
{
    /// <summary>0 for an unknown job.</summary>
    public required int JobRequestId { get; init; }

    /// <summary>One for each piece, in order.</summary>
    public required IReadOnlyList<LogResult> Results { get; init; }

    /// <summary>In bytes.</summary>
    public long Added { get; init; }

    /// <summary>A page that shows the log has something new.</summary>
    public bool Changed { get; init; }
}
