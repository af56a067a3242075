using System.Buffers;
using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Tables;

/// <summary>A spreadsheet runs what looks like a formula.</summary>
internal sealed class FormulaRule : TableRule
{
    public override string Id => "C5";

    public override string Title => "Formula";

    public override Severity Severity => Severity.Review;

    public override string Advice => "Start the text with another character, for example with an apostrophe.";

    protected override void Check(Table table, DisclosureProfile profile, FindingList findings)
    {
        foreach (var column in table.Columns.Where(column => IsFormula(column.Name)))
            findings.Add("a spreadsheet takes this name for a formula", table.HeaderRow, column.Number);

        for (var row = 0; row < table.Rows.Count; row++)
        {
            for (var column = 0; column < table.Columns.Count; column++)
            {
                if (IsFormula(table.Rows[row][column]))
                    findings.Add("a spreadsheet takes this cell for a formula", table.RowNumbers[row], column + 1);
            }
        }
    }

    private static bool IsFormula(string cell) =>
        cell is ['=' or '@' or '\t' or '\r', ..]
        || (cell is ['+' or '-', ..] && !Cells.IsMissing(cell) && cell.AsSpan(1).ContainsAny(Letters));

    // A sign before nothing but digits, as in -1.2 (-3.0, 0.4), is a number.
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz|!");
}
