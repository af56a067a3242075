using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Tables;

/// <summary>Many columns cross many groups, and nobody can follow them.</summary>
internal sealed class WideTableRule : TableRule
{
    public override string Id => "C2";

    public override string Title => "Number of columns";

    public override Severity Severity => Severity.Review;

    public override string Advice => "Leave out columns that the result does not need, or turn them into rows.";

    protected override void Check(Table table, DisclosureProfile profile, FindingList findings)
    {
        if (table.Columns.Count > profile.MaxColumns)
            findings.Add($"the table has more than {profile.MaxColumns} columns");
    }
}
