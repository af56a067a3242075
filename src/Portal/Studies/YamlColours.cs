using System.Text.RegularExpressions;

namespace JobServer.Portal.Studies;

/// <summary>
/// Colours a YAML file for reading, line by line. It understands no more than the eye needs: a line of any text comes
/// back whole, and takes time in proportion to its length.
/// </summary>
internal static partial class YamlColours
{
    /// <param name="line">Without its line break.</param>
    /// <returns>Parts that make the line again.</returns>
    public static IReadOnlyList<YamlToken> Of(string line)
    {
        var tokens = new List<YamlToken>();
        var at = Skip(line, 0);
        if (at > 0)
            tokens.Add(new YamlToken(YamlTokenKind.Plain, line[..at]));
        while (at < line.Length && line[at] == '-' && (at + 1 == line.Length || line[at + 1] == ' '))
        {
            var next = Skip(line, at + 1);
            tokens.Add(new YamlToken(YamlTokenKind.Sign, line[at..next]));
            at = next;
        }

        var end = EndOfValue(line, at);
        if (KeyEnd(line, at, end) is { } colon)
        {
            tokens.Add(new YamlToken(YamlTokenKind.Key, line[at..colon]));
            tokens.Add(new YamlToken(YamlTokenKind.Sign, ":"));
            at = colon + 1;
        }

        if (end > at)
            tokens.Add(new YamlToken(KindOf(line[at..end].Trim()), line[at..end]));
        if (end < line.Length)
            tokens.Add(new YamlToken(YamlTokenKind.Comment, line[end..]));
        return tokens;
    }

    private static int Skip(string line, int at)
    {
        while (at < line.Length && line[at] is ' ' or '\t')
            at++;
        return at;
    }

    /// <summary>Where a comment begins: a # at the start or after a blank, outside quotes.</summary>
    private static int EndOfValue(string line, int from)
    {
        var quote = '\0';
        for (var i = from; i < line.Length; i++)
        {
            if (quote != '\0')
                quote = line[i] == quote ? '\0' : quote;
            else if (line[i] is '"' or '\'' && (i == from || line[i - 1] is ' ' or '[' or ',' or '{'))
                quote = line[i];
            else if (line[i] == '#' && (i == 0 || line[i - 1] is ' ' or '\t'))
                return i;
        }

        return line.Length;
    }

    /// <summary>Null where the line names no key.</summary>
    private static int? KeyEnd(string line, int from, int end)
    {
        if (from < end && line[from] is '"' or '\'')
        {
            var close = line.IndexOf(line[from], from + 1);
            return close > 0 && close + 1 < end && line[close + 1] == ':' ? close + 1 : null;
        }

        for (var i = from; i < end; i++)
        {
            if (line[i] == ':' && (i + 1 == end || line[i + 1] is ' ' or '\t'))
                return i > from ? i : null;
            if (line[i] is '[' or '{' or '"')
                return null;
        }

        return null;
    }

    private static YamlTokenKind KindOf(string value) => value switch
    {
        "" => YamlTokenKind.Plain,
        "|" or ">" or "|-" or ">-" or "|+" or ">+" => YamlTokenKind.Sign,
        "true" or "false" or "null" or "~" => YamlTokenKind.Number,
        ['"' or '\'', ..] => YamlTokenKind.Text,
        _ => Number().IsMatch(value) ? YamlTokenKind.Number : YamlTokenKind.Plain,
    };

    [GeneratedRegex(@"\A[-+]?[0-9][0-9_]*(\.[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
