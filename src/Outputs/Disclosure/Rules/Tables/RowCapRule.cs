using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Tables;

/// <summary>A table with very many rows is rarely an aggregate.</summary>
internal sealed class RowCapRule : TableRule
{
    public override string Id => "C1";

    public override string Title => "Number of rows";

    public override Severity Severity => Severity.Block;

    public override string Advice => "Aggregate further, or release only the rows that the result needs.";

    protected override void Check(Table table, DisclosureProfile profile, FindingList findings)
    {
        if (table.HasMoreRows)
            findings.Add($"the table has more than {profile.Limits.MaxCsvRows} rows");
    }
}
