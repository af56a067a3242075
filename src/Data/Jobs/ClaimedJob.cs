using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>A job leased to an agent, with all that its assignment says.</summary>
public sealed record ClaimedJob
{
    public required string JobId { get; init; }

    public required long Fence { get; init; }

    public required string RequestIdentifier { get; init; }

    public required int RequestNumber { get; init; }

    public required string Workspace { get; init; }

    public required string Action { get; init; }

    public required string Image { get; init; }

    public required string ImageVersion { get; init; }

    public required bool UsesDatabase { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required IReadOnlyList<JobOutputSpec> Outputs { get; init; }

    public required IReadOnlyList<ClaimedInput> Inputs { get; init; }

    public required string SourceDigest { get; init; }

    public required long SourceSize { get; init; }

    public required string Commit { get; init; }

    /// <summary>The backend's limit of one job's wall clock; null leaves it to the agent.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Without a sign of life for this long the job is stopped; null turns the watchdog off.</summary>
    public TimeSpan? SilenceLimit { get; init; }
}
