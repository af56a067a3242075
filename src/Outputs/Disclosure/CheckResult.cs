namespace JobServer.Outputs.Disclosure;

/// <summary>What all rules found in one file.</summary>
public sealed record CheckResult
{
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>A finding that blocks keeps the file at the site.</summary>
    public bool IsBlocked => Findings.Any(finding => finding.Severity == Severity.Block);

    public Verdict Verdict => Of(Findings.Select(finding => finding.Severity));

    public static Verdict Of(IEnumerable<Severity> severities) => severities.DefaultIfEmpty(Severity.Information).Max() switch
    {
        Severity.Information => Verdict.Pass,
        Severity.Review => Verdict.Review,
        Severity.Fail or Severity.Block => Verdict.Fail,
    };
}
