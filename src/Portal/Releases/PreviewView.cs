using JobServer.Outputs.Disclosure;
using JobServer.Portal.Diffs;
using JobServer.Portal.Releases.Tables;

namespace JobServer.Portal.Releases;

/// <summary>A file as the viewer shows it.</summary>
/// <param name="Preview">What is shown of it.</param>
/// <param name="Address">Of its bytes.</param>
/// <param name="Name">For people.</param>
internal sealed record PreviewView(FilePreview? Preview, string Address, string Name)
{
    /// <summary>Makes the ids of two viewers on one page differ.</summary>
    public string Id { get; init; } = "file";

    /// <summary>The page that shows it, to which other rows of a table can be asked for; null where only these are shown.</summary>
    public string? Page { get; init; }

    /// <summary>What stands in the page's query beside the row.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields { get; init; } = [];

    /// <summary>Marked in the cells that they are about.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The same rows of the version that was released before; what differs from it is marked.</summary>
    public CsvTable? Before { get; init; }

    /// <summary>What differs from the version released before, of a text; null where nothing is compared.</summary>
    public IReadOnlyList<IReadOnlyList<DiffLine>>? Changes { get; init; }

    /// <summary>Something is compared, so that what bears no mark is the same.</summary>
    public bool IsCompared => Before is not null || Changes is not null;

    /// <summary>What the marks of a table leave out, in words; empty for nothing.</summary>
    public string NotMarked(CsvTable table)
    {
        if (Before is not { } before)
        {
            return "";
        }

        var gone = TableDiff.RemovedColumns(before, table);
        var left = table.Next is null ? Math.Max(0, before.TotalRows - before.FirstRow - before.Rows.Count) : 0;
        return string.Join(
            " ",
            new[]
            {
                gone.Count > 0 ? $"Columns of the former version that are gone: {string.Join(", ", gone.Select(FileNames.Shown))}." : "",
                left > 0 ? $"{left:N0} more rows of the former version are not compared." : "",
            }.Where(words => words.Length > 0));
    }

    public IEnumerable<TableDiffRow> Rows(CsvTable table) => Before is { } before ? TableDiff.Of(before, table) : table.Rows.Select(TableDiff.Same);

    /// <summary>What is wrong with a cell; empty for nothing.</summary>
    /// <param name="row">From 1; the header is row 1.</param>
    /// <param name="column">From 1.</param>
    public string ProblemOf(long row, int column) => string.Join("; ", Findings
        .Where(finding => finding.Row == row && finding.Column == column && finding.Severity > Severity.Information).Select(finding => $"{finding.Message} ({finding.Rule})"));

    /// <param name="row">Counted from 0 under the header.</param>
    public string AddressOf(long row) =>
        $"{Page}?{string.Concat(Fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}&"))}row={row + 1}";
}
