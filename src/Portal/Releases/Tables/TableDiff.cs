using DiffPlex;

namespace JobServer.Portal.Releases.Tables;

/// <summary>The rows of a table held beside those of its former version: which are new, which are gone, and in which cells the others differ.</summary>
internal static class TableDiff
{
    /// <summary>In place of a cell whose column the former version does not have.</summary>
    private const string NoCell = "\u0001";
    private const char CellEnd = '\u0002';

    /// <summary>Columns that only the former version has.</summary>
    public static IReadOnlyList<string> RemovedColumns(CsvTable before, CsvTable now) => [.. before.Header.Except(now.Header, StringComparer.Ordinal)];

    /// <param name="before">The former version. Its columns are found by their names, wherever they stand.</param>
    /// <param name="now">The version that is shown.</param>
    public static IReadOnlyList<TableDiffRow> Of(CsvTable before, CsvTable now)
    {
        var columns = now.Header.Select((name, column) => column < before.Header.Count && before.Header[column] == name ? column : before.Header.ToList().IndexOf(name)).ToList();
        var former = before.Rows.Select(row => columns.Select(column => column < 0 ? NoCell : row[column]).ToArray()).ToList();

        // Rows are the same by the columns that both have: a new column makes no new rows.
        var shared = Enumerable.Range(0, columns.Count).Where(column => columns[column] >= 0).ToList();
        var at = 0;
        if (former.Count == 0 || now.Rows.Count == 0)
        {
            return [.. former.Select(Removed), .. now.Rows.Select(Added)];
        }

        var blocks = Differ.Instance.CreateLineDiffs(Text(former, shared), Text(now.Rows, shared), ignoreWhitespace: false, ignoreCase: false).DiffBlocks;
        var rows = new List<TableDiffRow>();
        foreach (var block in blocks)
        {
            AddSame(block.InsertStartB, block.DeleteStartA);
            var pairs = Math.Min(block.DeleteCountA, block.InsertCountB);
            for (var pair = 0; pair < pairs; pair++)
            {
                var (was, cells) = (former[block.DeleteStartA + pair], now.Rows[at]);
                rows.Add(new TableDiffRow(TableDiffKind.Changed, at, [.. cells.Select((cell, column) => Cell(was[column], cell))]));
                at++;
            }

            rows.AddRange(former.Skip(block.DeleteStartA + pairs).Take(block.DeleteCountA - pairs).Select(Removed));
            for (; at < block.InsertStartB + block.InsertCountB; at++)
            {
                rows.Add(Added(now.Rows[at], at));
            }
        }

        AddSame(now.Rows.Count, former.Count);
        return rows;

        void AddSame(int end, int formerEnd)
        {
            for (; at < end; at++)
            {
                var was = former[formerEnd - (end - at)];
                rows.Add(shared.Count == columns.Count
                    ? Same(now.Rows[at], at)
                    : new TableDiffRow(TableDiffKind.Changed, at, [.. now.Rows[at].Select((cell, column) => Cell(was[column], cell))]));
            }
        }

        TableDiffRow Removed(string[] row) => new(TableDiffKind.Removed, at, [.. row.Select(cell => new TableDiffCell(cell == NoCell ? "" : cell, null))]);
    }

    public static TableDiffRow Same(IReadOnlyList<string> row, int number) => Of(TableDiffKind.Same, row, number);

    private static TableDiffRow Added(IReadOnlyList<string> row, int number) => Of(TableDiffKind.Added, row, number);

    private static TableDiffRow Of(TableDiffKind kind, IReadOnlyList<string> row, int number) =>
        new(kind, number, [.. row.Select(cell => new TableDiffCell(cell, null))]);

    private static TableDiffCell Cell(string was, string now) => new(now, was == now ? null : was == NoCell ? "" : was);

    /// <summary>One line a row, none of them empty; what ends a line stands in no cell.</summary>
    private static string Text(IEnumerable<IReadOnlyList<string>> rows, List<int> columns) =>
        string.Join('\n', rows.Select(row => string.Concat(columns.Select(column => row[column].ReplaceLineEndings("\u0003") + CellEnd).DefaultIfEmpty("\u0002"))));
}
