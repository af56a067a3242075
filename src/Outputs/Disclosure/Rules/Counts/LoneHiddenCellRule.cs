using JobServer.Outputs.Disclosure.Reading;
using JobServer.Outputs.Disclosure.Rules.Tables;

namespace JobServer.Outputs.Disclosure.Rules.Counts;

/// <summary>One hidden number beside a total is the total less the others.</summary>
internal sealed class LoneHiddenCellRule : TableRule
{
    private const string Message = "the only hidden count beside a total: the total gives it away";

    public override string Id => "S1";

    public override string Title => "Hidden count that a total gives away";

    public override Severity Severity => Severity.Fail;

    public override string Advice => "Hide the next smallest count of the same row and column too, or leave the total out.";

    protected override void Check(Table table, DisclosureProfile profile, FindingList findings)
    {
        var found = AlongColumns(table).Concat(AlongRows(table)).Distinct().Order();
        foreach (var (row, column) in found)
            findings.Add(Message, table.RowNumbers[row], column + 1);
    }

    private static IEnumerable<(int Row, int Column)> AlongColumns(Table table)
    {
        var isTotal = table.Rows.Select(row => IsTotalRow(table, row)).ToList();
        foreach (var (from, to, total) in Blocks(isTotal))
        {
            foreach (var column in table.Counts.Where(column => Cells.Number(table.Rows[total][column.Index]) is not null))
            {
                var hidden = Enumerable.Range(from, to - from).Where(row => Cells.IsRedacted(table.Rows[row][column.Index])).Take(2).ToList();
                if (hidden is [var lone])
                    yield return (lone, column.Index);
            }
        }
    }

    private static IEnumerable<(int Row, int Column)> AlongRows(Table table)
    {
        var counts = table.Counts.ToList();
        var parts = counts.Where(column => !column.IsTotal).ToList();
        if (parts.Count < 2)
            yield break;

        foreach (var total in counts.Where(column => column.IsTotal))
        {
            for (var row = 0; row < table.Rows.Count; row++)
            {
                var cells = table.Rows[row];
                var hidden = parts.Where(column => Cells.IsRedacted(cells[column.Index])).Take(2).ToList();
                if (Cells.Number(cells[total.Index]) is not null && hidden is [var lone])
                    yield return (row, lone.Index);
            }
        }
    }

    /// <summary>The rows that each total sums up: those above it back to the one before, or those below when it comes first.</summary>
    private static IEnumerable<(int From, int To, int Total)> Blocks(List<bool> isTotal)
    {
        var leads = isTotal is [true, ..];
        var start = 0;
        for (var row = 0; row < isTotal.Count; row++)
        {
            if (!isTotal[row])
                continue;

            var next = isTotal.FindIndex(row + 1, total => total);
            yield return leads ? (row + 1, next < 0 ? isTotal.Count : next, row) : (start, row, row);
            start = row + 1;
        }
    }

    private static bool IsTotalRow(Table table, string[] row) =>
        table.Columns.Any(column => column.Role == ColumnRole.Label && TableColumn.IsTotalLabel(row[column.Index]));
}
