using System.Text.RegularExpressions;

namespace JobServer.Architecture.Tests;

/// <summary>What can be said about a source file without compiling it.</summary>
internal static partial class SourceText
{
    /// <summary>
    /// Names of the types declared at the top level. The formatter keeps those at the first column,
    /// so nested types are not counted; parts of one type are one name.
    /// </summary>
    public static IReadOnlyList<string> TopLevelTypes(string text) =>
        [.. TypeDeclaration().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>Warnings switched off without a reason in a comment on that line or the one before.</summary>
    public static IEnumerable<string> UnexplainedPragmas(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            var explained = line.Contains("//", StringComparison.Ordinal)
                || (i > 0 && lines[i - 1].TrimStart().StartsWith("//", StringComparison.Ordinal));
            if (line.StartsWith("#pragma warning disable", StringComparison.Ordinal) && !explained)
                yield return line;
        }
    }

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe)[ ]+)*(?:(?:class|interface|enum|struct|record(?:[ ]+(?:class|struct))?)[ ]+(?<name>\w+)|delegate[ ]+[^(]*?(?<name>\w+)[ ]*(?:<[^(]*>)?[ ]*\()",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 5_000)]
    private static partial Regex TypeDeclaration();
}
