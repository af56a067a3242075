namespace JobServer.Data.Jobs;

/// <summary>What became of one piece of a log.</summary>
public sealed record LogResult
{
    /// <summary>In bytes as the job wrote them; committed when the result is given.</summary>
    public required long CommittedOffset { get; init; }

    public bool IsComplete { get; init; }

    public LogRefusal Refusal { get; init; }

    /// <summary>For people; empty without a refusal.</summary>
    public string Message { get; init; } = "";
}
