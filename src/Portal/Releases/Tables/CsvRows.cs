using System.Text;
using Sylvan.Data.Csv;

namespace JobServer.Portal.Releases.Tables;

/// <summary>Reads the rows of a few bytes of CSV.</summary>
internal static class CsvRows
{
    public const int MaxColumns = 200;
    private const int MaxCell = 2_000;

    /// <param name="bytes">Whole rows.</param>
    /// <param name="separator">Between cells.</param>
    /// <returns>Long cells and what stands beyond <see cref="MaxColumns"/> are cut.</returns>
    /// <exception cref="CsvFormatException">This is no CSV.</exception>
    /// <exception cref="DecoderFallbackException">This is no UTF-8.</exception>
    public static async Task<IReadOnlyList<CsvRow>> ReadAsync(byte[] bytes, char separator, CancellationToken cancellationToken)
    {
        using var text = new StreamReader(
            new MemoryStream(bytes, writable: false), new UTF8Encoding(true, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        await using var csv = await CsvDataReader.CreateAsync(text, new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = separator,

            // No sign begins a comment; a NUL, which stands for none, is refused by the scanner.
            Comment = '\0',
            CsvStyle = CsvStyle.Standard,
            BufferSize = 64 * 1024,
            MaxBufferSize = 2 * TableReader.MaxPart,
            OwnsReader = false,
        }, cancellationToken);
        var rows = new List<CsvRow>();
        while (await csv.ReadAsync(cancellationToken))
        {
            var cells = new string[Math.Min(csv.RowFieldCount, MaxColumns)];
            for (var column = 0; column < cells.Length; column++)
            {
                var cell = csv.GetString(column);
                cells[column] = cell.Length > MaxCell ? string.Concat(cell.AsSpan(0, MaxCell), "…") : cell;
            }

            rows.Add(new CsvRow(cells, csv.RowFieldCount > MaxColumns));
        }

        return rows;
    }
}
