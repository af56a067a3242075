using JobServer.Domain.Pipelines;
using JobServer.Outputs.Disclosure;

namespace JobServer.Domain.Jobs;

/// <summary>A file that a job made, as its agent reported it. Visible only once the job ended under the same fence.</summary>
public sealed class OutputFile
{
    public const int PathMaxLength = 400;
    public const int CheckedWithMaxLength = 80;

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

    /// <summary>What the rules at the site found.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Name and version of the profile that it was checked with; empty for a file that no rule saw.</summary>
    public string CheckedWith { get; init; } = "";

    /// <summary>Nothing was found that only a person may pass over. A file that was not checked never is.</summary>
    public bool MayLeaveUnseen => CheckedWith.Length > 0 && CheckResult.Of(Findings.Select(finding => finding.Severity)) != Verdict.Fail;

    public DateTimeOffset CreatedAt { get; init; }
}
