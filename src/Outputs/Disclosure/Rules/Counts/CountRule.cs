using JobServer.Outputs.Disclosure.Reading;
using JobServer.Outputs.Disclosure.Rules.Tables;

namespace JobServer.Outputs.Disclosure.Rules.Counts;

/// <summary>A rule about single cells of columns that count.</summary>
internal abstract class CountRule : TableRule
{
    protected sealed override void Check(Table table, DisclosureProfile profile, FindingList findings)
    {
        foreach (var column in table.Counts.Where(column => Concerns(column, profile)))
        {
            for (var row = 0; row < table.Rows.Count; row++)
            {
                if (Cells.Number(table.Rows[row][column.Index]) is { } number && Problem(number, column, profile) is { } problem)
                    findings.Add(problem, table.RowNumbers[row], column.Number);
            }
        }
    }

    protected abstract bool Concerns(TableColumn column, DisclosureProfile profile);

    /// <returns>What is wrong, without the number itself; null when nothing is.</returns>
    protected abstract string? Problem(decimal number, TableColumn column, DisclosureProfile profile);
}
