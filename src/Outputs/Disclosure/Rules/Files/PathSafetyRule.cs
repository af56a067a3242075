using System.Buffers;
using System.Globalization;
using System.Text;

namespace JobServer.Outputs.Disclosure.Rules.Files;

/// <summary>A name shows what it is, and is another than those beside it on every system.</summary>
internal sealed class PathSafetyRule : SurroundingsRule
{
    /// <summary>What Windows refuses in names.</summary>
    private static readonly SearchValues<char> Refused = SearchValues.Create("<>:\"|?*");

    public override string Id => "F5";

    public override string Title => "Safe name";

    public override Severity Severity => Severity.Block;

    public override string Advice => "Name files with letters, digits, hyphens, underscores and dots.";

    internal override void Check(WorkspacePath path, Lazy<string?> digest, CheckSurroundings surroundings, FindingList findings)
    {
        var name = path.Value;
        if (name.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse))
            findings.Add("the name has characters that cannot be seen or that turn the direction of the text");
        if (name.Split('/').Any(part => part.AsSpan().ContainsAny(Refused) || part.EndsWith('.') || part.EndsWith(' ') || part.StartsWith(' ')))
            findings.Add("the name has signs that some systems do not allow in names");
        if (surroundings.Paths.Any(other => other != name && string.Equals(other, name, StringComparison.OrdinalIgnoreCase)))
            findings.Add("another file has the same name in other letter case, and one would replace the other");
    }
}
