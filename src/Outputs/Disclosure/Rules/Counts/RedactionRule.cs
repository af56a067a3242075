using JobServer.Outputs.Disclosure.Reading;
using JobServer.Outputs.Disclosure.Rules.Tables;

namespace JobServer.Outputs.Disclosure.Rules.Counts;

/// <summary>What is hidden says so, everywhere in the same way.</summary>
internal sealed class RedactionRule : TableRule
{
    public override string Id => "N13";

    public override string Title => "Hidden cells";

    public override Severity Severity => Severity.Review;

    public override string Advice => "Write [REDACTED] wherever a count is hidden, and a number wherever none is.";

    protected override void Check(Table table, DisclosureProfile profile, FindingList findings)
    {
        var signs = table.Counts.SelectMany(column => table.Rows.Select(row => Cells.RedactionOf(row[column.Index])))
            .OfType<string>().Distinct(StringComparer.Ordinal).Count();
        if (signs > 1)
            findings.Add("hidden cells are marked in different ways");
        else if (signs == 1)
            findings.Add("small counts were hidden", severity: Severity.Information);

        foreach (var column in table.Counts)
        {
            if (table.Rows.Any(row => Cells.IsMissing(row[column.Index])))
                findings.Add("the column counts and has empty cells, which may or may not be hidden numbers", table.HeaderRow, column.Number);
        }
    }
}
