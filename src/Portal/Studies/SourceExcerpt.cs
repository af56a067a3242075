using JobServer.Domain.Pipelines;

namespace JobServer.Portal.Studies;

/// <summary>A few lines of a file around the one that a problem is about, made fit to show.</summary>
internal sealed class SourceExcerpt(string text)
{
    private const int Around = 2;
    private const int Widest = 160;
    private readonly SourceText _lines = new(text);

    public IReadOnlyList<SourceLine> At(int line, int column)
    {
        var shown = new List<SourceLine>();
        for (var number = Math.Max(1, line - Around); number <= Math.Min(_lines.LineCount, line + Around); number++)
        {
            var window = _lines.Around(number, number == line ? column : 1, Widest)!;
            shown.Add(new SourceLine(number, (window.IsCutBefore ? "…" : "") + window.Text + (window.IsCutAfter ? "…" : ""), number == line));
        }

        return shown;
    }
}
