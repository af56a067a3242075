using JobServer.Outputs.Disclosure.Reading;
using JobServer.Outputs.Disclosure.Rules.Tables;

namespace JobServer.Outputs.Disclosure.Rules.Counts;

/// <summary>Numbers that are neither counts nor names of rows: no rule of this version knows what stands behind them.</summary>
internal sealed class UnknownColumnRule : TableRule
{
    public override string Id => "U2";

    public override string Title => "Numbers that no rule judges";

    public override Severity Severity => Severity.Review;

    public override string Advice => "Say in the context what the numbers are and how many people stand behind the smallest of them.";

    protected override void Check(Table table, DisclosureProfile profile, FindingList findings)
    {
        foreach (var column in table.Columns)
        {
            var cells = table.Rows.Select(row => row[column.Index]);
            if (column.Role == ColumnRole.Statistic || (column.Role == ColumnRole.Count && cells.Any(cell => Cells.Number(cell) is { } number && !TableColumn.IsCount(number))))
                findings.Add("the column holds numbers that are no counts; a person must judge them", table.HeaderRow, column.Number);
            else if (column.Role == ColumnRole.Label && cells.Any(cell => Cells.Number(cell) is not null || Cells.IsMixed(cell)))
                findings.Add("the column holds numbers among words; a person must judge them", table.HeaderRow, column.Number);
        }
    }
}
