using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure;

/// <summary>Applies every rule to one file.</summary>
public static class DisclosureCheck
{
    /// <param name="path">The file's path in the workspace; its extension decides how it is read.</param>
    /// <param name="size">In bytes.</param>
    /// <param name="open">Opens the content from its beginning; called at most once, and only for a file within the size.</param>
    /// <param name="profile">The thresholds.</param>
    /// <param name="surroundings">What is known of other files.</param>
    public static CheckResult Run(
        WorkspacePath path, long size, Func<Stream> open, DisclosureProfile profile, CheckSurroundings? surroundings = null)
    {
        var output = new OutputContent(path, size, open, profile, surroundings ?? CheckSurroundings.None);
        var findings = new FindingList();
        foreach (var rule in DisclosureRules.All)
            rule.Check(output, findings.Of(rule));

        return new CheckResult { Findings = findings.ToList() };
    }

    /// <summary>Applies the rules about a file among others, where its content was checked before.</summary>
    /// <param name="path">The file's path in the workspace.</param>
    /// <param name="digest">SHA-256, lower-case hexadecimal.</param>
    /// <param name="surroundings">What is known of other files.</param>
    public static CheckResult RunAmong(WorkspacePath path, string digest, CheckSurroundings surroundings)
    {
        var findings = new FindingList();
        foreach (var rule in DisclosureRules.All.OfType<SurroundingsRule>())
            rule.Check(path, new Lazy<string?>(digest), surroundings, findings.Of(rule));

        return new CheckResult { Findings = findings.ToList() };
    }
}
