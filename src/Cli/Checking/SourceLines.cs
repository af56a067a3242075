using System.Text;

namespace JobServer.Cli.Checking;

/// <summary>The lines of a file, made fit to show: no control characters, and a window of a long line.</summary>
internal sealed class SourceLines(byte[] bytes)
{
    private readonly string[] _lines = Decode(bytes).Split('\n');

    public (string Text, int Caret)? Around(int line, int column, int widest)
    {
        if (line < 1 || line > _lines.Length) return null;
        var text = _lines[line - 1].TrimEnd('\r');
        var caret = Math.Clamp(column - 1, 0, text.Length);
        var start = text.Length <= widest ? 0 : Math.Clamp(caret - (widest / 2), 0, text.Length - widest);
        var window = text.AsSpan(start, Math.Min(widest, text.Length - start));
        var shown = new StringBuilder(window.Length);
        foreach (var c in window) shown.Append(c == '\t' ? ' ' : char.IsControl(c) ? '·' : c);
        return (shown.ToString(), caret - start);
    }

    private static string Decode(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3),
        _ => Encoding.UTF8.GetString(bytes),
    };
}
