using System.Globalization;
using System.Text.RegularExpressions;

namespace JobServer.Outputs.Disclosure.Reading;

/// <summary>What one cell says.</summary>
internal static partial class Cells
{
    private static readonly HashSet<string> Missing = new(StringComparer.OrdinalIgnoreCase) { "", "null", "none", "nan", "-", "." };

    private static readonly HashSet<string> Redacted = new(StringComparer.OrdinalIgnoreCase)
    {
        "[redacted]", "redacted", "na", "n/a", "*", "**", "***", "suppressed", "[suppressed]", "[c]",
    };

    public static bool IsMissing(string cell) => Missing.Contains(cell.Trim());

    public static bool IsRedacted(string cell) => RedactionOf(cell) is not null;

    /// <summary>The sign that stands for a hidden number, in lower case; null when the cell hides none.</summary>
    public static string? RedactionOf(string cell)
    {
        var text = cell.Trim();
        if (Redacted.Contains(text))
            return text.ToLowerInvariant();

        var rest = text.TrimStart('<', '≤', '=').Trim();
        return rest.Length < text.Length && rest.Length > 0 && rest.All(char.IsAsciiDigit) ? text.Replace(" ", "", StringComparison.Ordinal) : null;
    }

    /// <summary>Numbers written into a text, as in <c>3 (12%)</c>, <c>3/40</c> or <c>n=3</c>. Ranges such as 18-34 are names.</summary>
    public static bool IsMixed(string cell) => MixedPattern().IsMatch(cell);

    [GeneratedRegex(@"^\s*[<≤>≥~]?\s*\d[\d,.]*\s*([(\[/%]|of\b|events|people|patients)|\bn\s*[=:]\s*\d", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MixedPattern();

    /// <summary>Null when the cell holds no number. Thousands may be set apart by commas.</summary>
    public static decimal? Number(string cell) =>
        decimal.TryParse(cell, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null;
}
