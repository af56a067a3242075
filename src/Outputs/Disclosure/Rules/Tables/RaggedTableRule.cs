using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Tables;

/// <summary>Every cell has one name.</summary>
internal sealed class RaggedTableRule : TableRule
{
    public override string Id => "C3";

    public override string Title => "Shape of the table";

    public override Severity Severity => Severity.Review;

    public override string Advice => "Give each column a name of its own and each row as many cells, separated by commas.";

    protected override void Check(Table table, DisclosureProfile profile, FindingList findings)
    {
        if (table.Separator is not (',' or '\t'))
            findings.Add("cells are not separated by commas", table.HeaderRow);
        foreach (var row in table.ShortRows)
            findings.Add("the row has fewer cells than the header", row);

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in table.Columns)
        {
            if (string.IsNullOrWhiteSpace(column.Name) && column.Role != ColumnRole.Ordinal)
                findings.Add("the column has no name", table.HeaderRow, column.Number);
            else if (!seen.Add(column.Name.Trim()))
                findings.Add("another column has the same name", table.HeaderRow, column.Number);
        }
    }
}
