using System.Text;

namespace JobServer.Domain.Pipelines;

/// <summary>The lines of a project.yaml for people to read, whatever its bytes are; broken where the reader breaks them.</summary>
public sealed class SourceText
{
    private readonly List<string> _lines = [];

    public SourceText(string text)
    {
        for (var start = 0; start <= text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : start + length;
            _lines.Add(text[start..end]);
            start = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }
    }

    public int LineCount => _lines.Count;

    /// <summary>UTF-8, or UTF-16 with its mark; what is neither becomes replacement characters.</summary>
    public static string Decode(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3),
        _ => Encoding.UTF8.GetString(bytes),
    };

    /// <summary>The part of a line that a column is in, with no control character in it.</summary>
    /// <param name="line">From 1.</param>
    /// <param name="column">From 1, in UTF-16 units.</param>
    /// <param name="widest">At most as many UTF-16 units.</param>
    /// <returns>Null when there is no such line.</returns>
    public SourceWindow? Around(int line, int column, int widest)
    {
        if (line < 1 || line > _lines.Count) return null;
        var text = _lines[line - 1];
        var caret = Math.Clamp(column - 1, 0, text.Length);
        var start = text.Length <= widest ? 0 : Math.Clamp(caret - (widest / 2), 0, text.Length - widest);
        var end = Math.Min(text.Length, start + widest);
        if (start > 0 && char.IsLowSurrogate(text[start])) start++;
        if (end < text.Length && char.IsHighSurrogate(text[end - 1])) end--;
        return new SourceWindow(Visible(text[start..end]), Math.Clamp(caret - start, 0, end - start), start > 0, end < text.Length);
    }

    /// <summary>The same text with every control character replaced, so that it cannot steer a screen.</summary>
    public static string Visible(string text) =>
        string.Create(text.Length, text, static (shown, source) =>
        {
            for (var i = 0; i < shown.Length; i++) shown[i] = source[i] == '\t' ? ' ' : char.IsControl(source[i]) ? '·' : source[i];
        });
}
