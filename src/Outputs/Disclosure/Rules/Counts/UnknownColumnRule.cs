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
        foreach (var column in table.Columns.Where(column => column.Role == ColumnRole.Statistic))
            findings.Add("the column holds numbers that are no counts; a person must judge them", table.HeaderRow, column.Number);
    }
}
