using JobServer.Outputs.Disclosure;

namespace JobServer.Portal.Releases;

/// <summary>A file as the viewer shows it.</summary>
/// <param name="Preview">Its beginning.</param>
/// <param name="Address">Of its bytes.</param>
/// <param name="Name">For people.</param>
internal sealed record PreviewView(FilePreview? Preview, string Address, string Name)
{
    /// <summary>Makes the ids of two viewers on one page differ.</summary>
    public string Id { get; init; } = "file";

    /// <summary>Marked in the cells that they are about.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The table that was released before; cells that differ from it are marked.</summary>
    public CsvTable? Before { get; init; }

    /// <summary>What is wrong with a cell; empty for nothing.</summary>
    /// <param name="row">From 1; the header is row 1.</param>
    /// <param name="column">From 1.</param>
    public string ProblemOf(int row, int column) => string.Join("; ", Findings
        .Where(finding => finding.Row == row && finding.Column == column && finding.Severity > Severity.Information).Select(finding => $"{finding.Message} ({finding.Rule})"));

    /// <param name="row">From 0, under the header.</param>
    /// <param name="column">From 0.</param>
    /// <param name="cell">What stands there now.</param>
    public bool Differs(int row, int column, string cell) =>
        Before is { } before && !(row < before.Rows.Count && column < before.Header.Count && before.Rows[row][column] == cell);
}
