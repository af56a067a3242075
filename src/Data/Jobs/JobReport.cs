using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>What an agent says of an attempt, validated.</summary>
public sealed record JobReport
{
    public required string AgentId { get; init; }

    public required long SessionEpoch { get; init; }

    public required string JobId { get; init; }

    public required long Fence { get; init; }

    /// <summary>From 1 for each attempt, without gaps.</summary>
    public required long Sequence { get; init; }

    public required JobTrigger Trigger { get; init; }

    /// <summary>The agent's wall clock; for people.</summary>
    public required DateTimeOffset At { get; init; }

    public string Message { get; init; } = "";

    /// <summary>Why it failed; only with <see cref="JobTrigger.ReportFailed"/>.</summary>
    public JobStatusCode? FailureCode { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>What CommitOutputs returned; null when nothing was committed.</summary>
    public string? ManifestDigest { get; init; }
}
