using System.Text;

namespace JobServer.Portal.Studies;

/// <summary>A few lines of a file around the one that a problem is about, made fit to show.</summary>
internal sealed class SourceExcerpt(string text)
{
    private const int Around = 2;
    private const int Widest = 160;
    private readonly string[] _lines = text.Split('\n');

    public IReadOnlyList<SourceLine> At(int line, int column)
    {
        var shown = new List<SourceLine>();
        for (var number = Math.Max(1, line - Around); number <= Math.Min(_lines.Length, line + Around); number++)
            shown.Add(new SourceLine(number, Window(_lines[number - 1].TrimEnd('\r'), number == line ? column : 1), number == line));
        return shown;
    }

    /// <summary>The part of a long line that the column is in.</summary>
    private static string Window(string line, int column)
    {
        var start = line.Length <= Widest ? 0 : Math.Clamp(column - 1 - (Widest / 2), 0, line.Length - Widest);
        var shown = new StringBuilder();
        if (start > 0)
            shown.Append('…');
        foreach (var letter in line.AsSpan(start, Math.Min(Widest, line.Length - start)))
            shown.Append(letter == '\t' ? ' ' : char.IsControl(letter) ? '·' : letter);
        return (start + Widest < line.Length ? shown.Append('…') : shown).ToString();
    }
}
