using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Tables;

/// <summary>A column named as an identifier means a row for each person.</summary>
internal sealed class IdentifierHeaderRule : TableRule
{
    public override string Id => "P1";

    public override string Title => "Identifier of persons";

    public override Severity Severity => Severity.Block;

    public override string Advice => "Aggregate the table so that no row is about one person. If the column numbers something else, name it so.";

    protected override void Check(Table table, DisclosureProfile profile, FindingList findings)
    {
        var identifiers = profile.Limits.IdentifierColumns.DistinctBy(Folded).ToDictionary(Folded, StringComparer.Ordinal);
        foreach (var column in table.Columns)
        {
            if (identifiers.TryGetValue(Folded(column.Name), out var name))
                findings.Add($"the column {name} tells persons apart", table.HeaderRow, column.Number);
        }
    }

    private static string Folded(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
