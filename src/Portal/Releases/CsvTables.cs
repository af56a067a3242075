using System.Text;
using Sylvan.Data.Csv;

namespace JobServer.Portal.Releases;

/// <summary>Reads the first rows of a CSV file without reading the rest.</summary>
internal static class CsvTables
{
    public const int MaxRows = 1_000;
    public const int MaxColumns = 200;
    private const int MaxCell = 2_000;

    /// <summary>Letters on the page, so that it comes quickly over a slow line too; a cell counts as some more for its markup.</summary>
    private const int MaxText = 50_000;
    private const int MarkupOfCell = 4;

    /// <summary>The table, or null with the reason in words where the bytes are no CSV.</summary>
    public static async Task<(CsvTable? Table, string? Problem)> ReadAsync(
        Stream content, char delimiter, CancellationToken cancellation)
    {
        try
        {
            using var text = new StreamReader(
                content, new UTF8Encoding(true, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
            await using var csv = await CsvDataReader.CreateAsync(text, new CsvDataReaderOptions
            {
                HasHeaders = false,
                Delimiter = delimiter,
                BufferSize = 64 * 1024,
                MaxBufferSize = 1024 * 1024,
                OwnsReader = false,
            }, cancellation);
            return (await ReadAsync(csv, cancellation), null);
        }
        catch (Exception error) when (error is CsvFormatException or DecoderFallbackException or InvalidDataException)
        {
            return (null, "This file cannot be shown as a table: it is not a well-formed CSV file in UTF-8.");
        }
    }

    private static async Task<CsvTable> ReadAsync(CsvDataReader csv, CancellationToken cancellation)
    {
        if (!await csv.ReadAsync(cancellation))
            return new CsvTable([], [], MoreRows: false, MoreColumns: false);
        var width = Math.Min(csv.RowFieldCount, MaxColumns);
        var wider = csv.RowFieldCount > MaxColumns;
        var header = Cells(csv, width);
        var rows = new List<IReadOnlyList<string>>();
        var text = TextOf(header);
        while (await csv.ReadAsync(cancellation))
        {
            var row = Cells(csv, width);
            text += TextOf(row);
            if (rows.Count == MaxRows || (text > MaxText && rows.Count > 0))
                return new CsvTable(header, rows, MoreRows: true, wider);
            rows.Add(row);
        }

        return new CsvTable(header, rows, MoreRows: false, wider);
    }

    private static int TextOf(string[] cells) => cells.Sum(cell => cell.Length + MarkupOfCell);

    private static string[] Cells(CsvDataReader csv, int width)
    {
        var cells = new string[width];
        for (var column = 0; column < width; column++)
        {
            var cell = column < csv.RowFieldCount ? csv.GetString(column) : "";
            cells[column] = cell.Length > MaxCell ? string.Concat(cell.AsSpan(0, MaxCell), "…") : cell;
        }

        return cells;
    }
}
