using JobServer.Domain.Jobs;
using JobServer.Outputs.Disclosure;

namespace JobServer.Portal.Releases.Unreleased;

/// <summary>A file that an action made and that nobody released: what was found in it, never its content.</summary>
internal sealed record UnreleasedFile
{
    public required long Id { get; init; }

    public required string Path { get; init; }

    /// <summary>What project.yaml says of the action's outputs.</summary>
    public required IReadOnlyList<JobOutputSpec> Outputs { get; init; }

    /// <summary>As the project may read it before the release.</summary>
    public string Name => OutputNames.Of(Path, Outputs);

    public bool IsNamed => Name == Path;

    public required long Size { get; init; }

    public required string Backend { get; init; }

    public required string Action { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required OutputDisposition Disposition { get; init; }

    /// <summary>Why it stayed at the site.</summary>
    public required string Reason { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required string CheckedWith { get; init; }

    public bool IsAtSite => Disposition == OutputDisposition.Excluded;

    public Verdict Verdict => CheckedWith.Length == 0 ? Verdict.Review : CheckResult.Of(Findings.Select(finding => finding.Severity));
}
