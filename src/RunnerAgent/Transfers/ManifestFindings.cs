using JobServer.Outputs.Disclosure;
using JobServer.RunnerAgent.Workspaces;

namespace JobServer.RunnerAgent.Transfers;

/// <summary>Keeps what was found in very many files within one message: a manifest that is too large could never be committed.</summary>
internal static class ManifestFindings
{
    /// <summary>Of all files together; some hundred bytes each.</summary>
    public const int Most = 8_000;

    /// <returns>The same files. Where there is too much, each has its gravest findings; all of them are in the job's log at the site.</returns>
    public static IReadOnlyList<SiteFile> Fit(IReadOnlyList<SiteFile> files)
    {
        if (files.Sum(file => file.Findings.Count) <= Most)
            return files;

        var share = Math.Max(1, Most / files.Count(file => file.Findings.Count > 0));
        return [.. files.Select(file => file with { Findings = Gravest(file.Findings, share) })];
    }

    private static List<Finding> Gravest(IReadOnlyList<Finding> findings, int most) =>
        [.. findings.OrderByDescending(finding => finding.Severity).Take(most)];
}
