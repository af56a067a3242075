using System.Text;

namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>Puts blanks before the lines that start inside brackets or quotes, where indentation means nothing, so
/// that a scanner that wrongly insists on it reads them; and tells the column a place had before.</summary>
internal sealed class ContinuationIndentation
{
    private const int MostAddedChars = 64 * 1024 * 1024;
    private readonly Dictionary<int, int> _addedByLine = [];

    /// <summary>The indented text, or null when it would become too large.</summary>
    public string? Indent(string text)
    {
        var result = new StringBuilder(text.Length + 1024);
        var context = new ContinuationTracker();
        var number = 0;
        foreach (var line in Lines(text))
        {
            number++;
            if (context.IsInside && line.AsSpan().Trim().Length > 0)
            {
                _addedByLine[number] = context.Column;
                result.Append(' ', context.Column);
            }

            result.Append(line);
            if (result.Length > text.Length + MostAddedChars) return null;
            context.Read(line);
        }

        return result.ToString();
    }

    public int ColumnInFile(int line, int column) =>
        _addedByLine.TryGetValue(line, out var added) ? Math.Max(1, column - added) : column;

    private static IEnumerable<string> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.AsSpan(start).IndexOfAny('\r', '\n');
            if (end < 0)
            {
                yield return text[start..];
                yield break;
            }

            end += start;
            end += text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1;
            yield return text[start..end];
            start = end;
        }
    }
}
