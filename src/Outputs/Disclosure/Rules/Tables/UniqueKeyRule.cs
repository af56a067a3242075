using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Tables;

/// <summary>Many rows, and a value that almost every one of them has for itself: a record of each person.</summary>
internal sealed class UniqueKeyRule : TableRule
{
    private const int FewestRows = 50;
    private const double ShareThatCounts = 0.95;
    private const int ShortestHash = 8;

    public override string Id => "P3";

    public override string Title => "Column that is a key";

    public override Severity Severity => Severity.Fail;

    public override string Advice => "Aggregate the rows. If the column only numbers them, leave it out.";

    protected override void Check(Table table, DisclosureProfile profile, FindingList findings)
    {
        foreach (var column in table.Columns)
        {
            var cells = table.Rows.Select(row => row[column.Index].Trim()).Where(cell => !Cells.IsMissing(cell)).ToList();
            if (cells.Count >= FewestRows && LooksLikeKeys(column, cells, profile)
                && cells.Distinct(StringComparer.Ordinal).Count() >= ShareThatCounts * table.Rows.Count)
                findings.Add("almost every row has a value of its own here, as records of persons have", table.HeaderRow, column.Number);
        }
    }

    private static bool LooksLikeKeys(TableColumn column, List<string> cells, DisclosureProfile profile)
    {
        var numbers = cells.Select(Cells.Number).ToList();
        if (!numbers.TrueForAll(number => number is { } value && decimal.IsInteger(value)))
            return cells.TrueForAll(IsHash);

        return !column.IsNamedCount && !IsIndex(numbers) && !IsRounded(numbers, profile) && !numbers.TrueForAll(number => number is >= 1900 and <= 2100);
    }

    private static bool IsHash(string cell) =>
        cell.Length >= ShortestHash && cell.Any(char.IsAsciiDigit) && cell.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_');

    private static bool IsIndex(List<decimal?> numbers) => numbers.Index().All(pair => pair.Item == numbers[0] + pair.Index);

    private static bool IsRounded(List<decimal?> numbers, DisclosureProfile profile) =>
        profile.RoundingBase is { } step && numbers.TrueForAll(number => number % step == 0);
}
