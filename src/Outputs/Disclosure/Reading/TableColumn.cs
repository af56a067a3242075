using System.Text.RegularExpressions;

namespace JobServer.Outputs.Disclosure.Reading;

/// <summary>A column and what its name and its values say of it. The name decides where it is clear.</summary>
internal sealed partial class TableColumn
{
    private static readonly HashSet<string> CountWords = new(StringComparer.Ordinal)
    {
        "n", "count", "counts", "num", "number", "freq", "frequency", "total", "totals", "events", "event", "denominator", "numerator", "population",
        "patients", "people", "persons", "cases", "deaths", "obs", "observations", "admissions", "episodes",
    };

    private static readonly HashSet<string> OrdinalWords = new(StringComparer.Ordinal)
    {
        "year", "age", "month", "code", "rank", "index", "threshold", "day", "week", "quarter", "date", "band", "decile", "quintile", "quartile",
        "order", "level", "version", "bin", "time", "imd",
    };

    private static readonly HashSet<string> TotalWords = new(StringComparer.Ordinal) { "total", "totals", "all", "overall", "sum" };

    private TableColumn(int index, string name, ColumnRole role)
    {
        Index = index;
        Name = name;
        Role = role;
    }

    /// <summary>From 0.</summary>
    public int Index { get; }

    /// <summary>From 1, as findings name it.</summary>
    public int Number => Index + 1;

    public string Name { get; }

    public ColumnRole Role { get; }

    public bool IsMidpoint6 => Name.Trim().EndsWith("_midpoint6", StringComparison.OrdinalIgnoreCase);

    public bool IsMidpoint6Derived => Name.Trim().EndsWith("_midpoint6_derived", StringComparison.OrdinalIgnoreCase);

    /// <summary>Its name says that it counts.</summary>
    public bool IsNamedCount => Words(Name) is var words && (words.Exists(CountWords.Contains) || IsAtRisk(words));

    /// <summary>It holds the sum of others beside it.</summary>
    public bool IsTotal => Words(Name).Exists(TotalWords.Contains);

    public static TableColumn Of(int index, string name, IReadOnlyList<string[]> rows)
    {
        var column = new TableColumn(index, name, ColumnRole.Label);
        return new TableColumn(index, name, column.RoleOf(rows.Select(row => row[index]).ToList()));
    }

    /// <summary>A label that marks the row under which others are summed up.</summary>
    public static bool IsTotalLabel(string cell) => Words(cell) is [var first, ..] words && TotalWords.Contains(first) && words.Count <= 2;

    private ColumnRole RoleOf(List<string> cells)
    {
        var said = cells.Where(cell => !Cells.IsMissing(cell) && !Cells.IsRedacted(cell)).ToList();
        var numbers = said.Select(Cells.Number).ToList();
        var named = IsNamedCount || IsMidpoint6 || IsMidpoint6Derived;
        if (numbers.Count == 0)
            return named && cells.Exists(Cells.IsRedacted) ? ColumnRole.Count : ColumnRole.Label;

        // One word among numbers does not make them labels.
        var numeric = numbers.Count(number => number is not null);
        if (numeric == 0 || (!named && numeric * 2 < numbers.Count))
            return ColumnRole.Label;

        // One odd number in a column that is named a count does not take the others out of the rules.
        var whole = numbers.Count(IsCount);
        if (named)
            return whole * 2 >= numeric ? ColumnRole.Count : ColumnRole.Statistic;
        if (whole < numeric)
            return ColumnRole.Statistic;
        return IsOrdinal(numbers) ? ColumnRole.Ordinal : ColumnRole.Count;
    }

    /// <summary>Whether this can be how many people there are.</summary>
    public static bool IsCount(decimal? number) => number is >= 0 && decimal.IsInteger(number.Value);

    /// <summary>A number in the name makes it one of several columns, such as week 1 and week 2, and those hold counts.</summary>
    private bool IsOrdinal(List<decimal?> numbers) =>
        (Words(Name).Exists(OrdinalWords.Contains) && !Name.Any(char.IsAsciiDigit))
        || (string.IsNullOrWhiteSpace(Name) && numbers.Index().All(pair => pair.Item == numbers[0] + pair.Index));

    private static bool IsAtRisk(List<string> words) => words.Contains("at") && words.Contains("risk");

    private static List<string> Words(string text) =>
        [.. WordPattern().Matches(text).Select(match => match.Value.ToLowerInvariant())];

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+|[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex WordPattern();
}
