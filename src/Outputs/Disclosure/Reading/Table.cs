namespace JobServer.Outputs.Disclosure.Reading;

/// <summary>A CSV file in memory, its columns told apart by what they hold.</summary>
internal sealed class Table
{
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>Under the header. A cell that a short row lacks is empty.</summary>
    public required IReadOnlyList<string[]> Rows { get; init; }

    /// <summary>There are more than the limit allows; the rest was not read.</summary>
    public required bool HasMoreRows { get; init; }

    /// <summary>Of the header, from 1. Rows above it are notes.</summary>
    public required int HeaderRow { get; init; }

    /// <summary>Of the rows above the header, each with its number.</summary>
    public required IReadOnlyList<(int Number, string[] Cells)> Notes { get; init; }

    /// <summary>Of rows that are shorter than the header, from 1.</summary>
    public required IReadOnlyList<int> ShortRows { get; init; }

    public required char Separator { get; init; }

    /// <summary>Where the first row under the header stands in the file, from 1, for each row.</summary>
    public required IReadOnlyList<int> RowNumbers { get; init; }

    public IEnumerable<TableColumn> Counts => Columns.Where(column => column.Role == ColumnRole.Count);
}
