using System.Globalization;

namespace JobServer.Portal.Releases.Tables;

/// <summary>A table's caption.</summary>
internal static class TableWords
{
    public static string Caption(CsvTable table)
    {
        var columns = Count(table.Header.Count, "column");
        return table switch
        {
            { IsWhole: true } => $"{Count(table.TotalRows, "row")}, {(table.MoreColumns ? $"the first {columns}" : columns)}{More(table)}",
            { Rows.Count: 0 } => $"No row {Number(table.FirstRow + 1)}: the table has {Count(table.TotalRows, "row")}",
            _ => $"Rows {Number(table.FirstRow + 1)} to {Number(table.FirstRow + table.Rows.Count)} of {Number(table.TotalRows)}, {(table.MoreColumns ? $"the first {columns}" : columns)}{More(table)}",
        };
    }

    private static string More(CsvTable table) => table.MoreColumns ? " of each. Download the file to see all of them." : "";

    private static string Count(long count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
