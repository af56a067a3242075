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
        foreach (var (number, cells) in table.Notes.Append((table.HeaderRow, [.. table.Columns.Select(column => column.Name)])))
        {
            for (var column = 0; column < cells.Length; column++)
            {
                if (Names(cells[column]).Select(identifiers.GetValueOrDefault).FirstOrDefault(name => name is not null) is { } found)
                    findings.Add($"the column {found} tells persons apart", number, column + 1);
            }
        }
    }

    /// <summary>A header may be taken for a note, and the columns of a table with another separator look like one: look at all of it.</summary>
    private static IEnumerable<string> Names(string cell) => cell.Split(',', ';', '\t', '|').Select(Folded);

    private static string Folded(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
