using JobServer.Domain.Pipelines;

namespace JobServer.Domain.Jobs;

/// <summary>A file that a job made, as its agent reported it. Visible only once the job ended under the same fence.</summary>
public sealed class OutputFile
{
    public const int PathMaxLength = 400;

    public long Id { get; init; }

    public required string JobId { get; init; }

    public Job Job { get; init; } = null!;

    public required long Fence { get; init; }

    public int WorkspaceId { get; init; }

    /// <summary>Relative to the workspace; empty for a highly sensitive file, whose name stays at the site.</summary>
    public required string Path { get; init; }

    public required PrivacyLevel Level { get; init; }

    public required OutputDisposition Disposition { get; init; }

    public required long Size { get; init; }

    public required string Digest { get; init; }

    /// <summary>Why an excluded file stayed at the site.</summary>
    public string Reason { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }
}
