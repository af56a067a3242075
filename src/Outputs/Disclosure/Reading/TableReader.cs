using System.Text;
using Sylvan.Data.Csv;

namespace JobServer.Outputs.Disclosure.Reading;

/// <summary>Reads a table whole. It was held to the site's size before.</summary>
internal static class TableReader
{
    /// <summary>A record longer than this, in characters, is no row of a table.</summary>
    private const int MaxRecord = 1024 * 1024;

    /// <summary>Cells beyond this make a table that nobody can judge.</summary>
    private const int MaxCells = 3_000_000;

    /// <summary>Notes above a header are looked for in this many rows.</summary>
    private const int PreambleRows = 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static (Table? Table, string? Problem) Read(byte[] bytes, bool isTabbed, int maxRows)
    {
        try
        {
            var separator = isTabbed ? '\t' : SeparatorOf(bytes);
            var records = Records(bytes, separator, maxRows + PreambleRows + 1);
            return records.Count == 0 ? (null, null) : TableOf(records, separator, maxRows);
        }
        catch (Exception error) when (error is CsvFormatException or CsvRecordTooLargeException or DecoderFallbackException or InvalidDataException)
        {
            return (null, "the file cannot be read as CSV, so its content cannot be checked");
        }
    }

    private static (Table?, string?) TableOf(List<(int Number, string[] Cells)> records, char separator, int maxRows)
    {
        var header = HeaderOf(records);
        var width = records[header].Cells.Length;
        var body = records.Skip(header + 1).ToList();

        // Longer rows hold cells without a name: what is read here and what a person sees may differ.
        if (body.Exists(record => record.Cells.Length > width))
            return (null, "the file cannot be read as CSV: a row has more cells than the header");

        var rows = body.Take(maxRows).Select(record => Padded(record.Cells, width)).ToList();
        return (new Table
        {
            Columns = [.. records[header].Cells.Select((name, index) => TableColumn.Of(index, name, rows))],
            Rows = rows,
            HasMoreRows = body.Count > maxRows,
            HeaderRow = records[header].Number,
            Notes = records[..header],
            ShortRows = [.. body.Where(record => record.Cells.Length < width).Select(record => record.Number)],
            Separator = separator,
            RowNumbers = [.. body.Take(maxRows).Select(record => record.Number)],
        }, null);
    }

    /// <summary>The first row with more than one word: what stands above it are notes.</summary>
    private static int HeaderOf(List<(int Number, string[] Cells)> records)
    {
        var start = records.Take(PreambleRows).Select(record => record.Cells).ToList();
        return Math.Max(0, start.FindIndex(cells => cells.Count(cell => cell.Length > 0) > 1 || HasUnnamedRows(cells)));

        // The column of row names needs no name of its own.
        static bool HasUnnamedRows(string[] cells) => cells is ["", not ""];
    }

    private static string[] Padded(string[] cells, int width)
    {
        if (cells.Length == width)
            return cells;

        var padded = new string[width];
        Array.Fill(padded, "");
        cells.CopyTo(padded, 0);
        return padded;
    }

    private static List<(int Number, string[] Cells)> Records(byte[] bytes, char separator, int max)
    {
        using var text = new StreamReader(new MemoryStream(bytes, writable: false), Strict, detectEncodingFromByteOrderMarks: true);
        using var reader = CsvDataReader.Create(new NulRefusingReader(text), new CsvDataReaderOptions
        {
            BufferSize = 64 * 1024,
            MaxBufferSize = MaxRecord,
            Delimiter = separator,

            // No sign begins a comment: a line that a reader passes over is a line that nobody checks. A NUL is refused before.
            Comment = '\0',
            CsvStyle = CsvStyle.Standard,
            HasHeaders = false,
            OwnsReader = false,
        });
        var records = new List<(int, string[])>();
        var cells = 0;
        for (var number = 1; records.Count <= max && reader.Read(); number++)
        {
            var record = new string[reader.RowFieldCount];
            for (var i = 0; i < record.Length; i++)
                record[i] = reader.GetString(i);

            cells += record.Length;
            if (cells > MaxCells)
                throw new InvalidDataException("The table has more cells than can be checked.");
            if (record is not [""])
                records.Add((number, record));
        }

        return records;
    }

    private static char SeparatorOf(byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes, writable: false), Strict, detectEncodingFromByteOrderMarks: true);
        var buffer = new char[64 * 1024];
        return CsvSeparator.Of(buffer.AsSpan(0, reader.ReadBlock(buffer)));
    }
}
