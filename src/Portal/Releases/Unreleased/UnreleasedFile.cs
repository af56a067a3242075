using JobServer.Domain.Jobs;
using JobServer.Outputs;
using JobServer.Outputs.Disclosure;

namespace JobServer.Portal.Releases.Unreleased;

/// <summary>A file that an action made and that nobody released: what was found in it, never its content.</summary>
internal sealed record UnreleasedFile
{
    public required long Id { get; init; }

    public required string Path { get; init; }

    /// <summary>What project.yaml says of the action's outputs.</summary>
    public required IReadOnlyList<JobOutputSpec> Outputs { get; init; }

    /// <summary>
    /// The path where project.yaml says it letter for letter. A name that an action chose itself is content like any other and
    /// waits for the decision: the pattern stands for it.
    /// </summary>
    public string Name => Outputs.Any(output => output.Pattern == Path)
        ? Path
        : Outputs.FirstOrDefault(output => OutputPattern.Parse(output.Pattern, out var pattern) is null && pattern!.IsMatch(Path))?.Pattern ?? "";

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
