using System.Text;
using Sylvan.Data.Csv;

namespace JobServer.Outputs;

/// <summary>Reads a CSV file once, in constant memory.</summary>
internal static class CsvInspector
{
    private const int BufferSize = 64 * 1024;
    private const int MaxBufferSize = 1024 * 1024;

    /// <returns>Null when the file cannot be read as CSV; the reason is then in <paramref name="reasons"/>.</returns>
    public static CsvShape? Inspect(Stream content, OutputLimits limits, List<string> reasons)
    {
        try
        {
            using var text = new StreamReader(content, Strict, detectEncodingFromByteOrderMarks: true);
            using var reader = CsvDataReader.Create(new NulRefusingReader(text), Options());
            FindIdentifiers(reader, limits, reasons);
            var rows = CountRows(reader, limits);
            if (rows > limits.MaxCsvRows)
                reasons.Add($"the table has more than {limits.MaxCsvRows} rows");

            return new CsvShape(rows, reader.FieldCount);
        }
        catch (Exception error) when (error is CsvFormatException or CsvRecordTooLargeException or DecoderFallbackException or InvalidDataException)
        {
            reasons.Add("the file cannot be read as CSV, so its content cannot be checked");
            return null;
        }
    }

    private static void FindIdentifiers(CsvDataReader reader, OutputLimits limits, List<string> reasons)
    {
        // The columns of a table with another separator look like one column: look inside.
        var names = Enumerable.Range(0, reader.FieldCount)
            .SelectMany(i => reader.GetName(i).Split(',', ';', '\t', '|'))
            .Select(name => name.Trim().Trim('"', '\'').Trim());
        foreach (var name in names.Intersect(limits.IdentifierColumns, StringComparer.OrdinalIgnoreCase))
            reasons.Add($"the table has the column {name.ToLowerInvariant()}, which tells persons apart");
    }

    private static int CountRows(CsvDataReader reader, OutputLimits limits)
    {
        var rows = 0;
        while (rows <= limits.MaxCsvRows && reader.Read())
        {
            // A ragged row means that what we read and what a reader sees may differ.
            if (reader.RowFieldCount != reader.FieldCount)
                throw new InvalidDataException("The row does not have the columns of the header.");

            rows++;
        }

        return rows;
    }

    private static CsvDataReaderOptions Options() => new()
    {
        BufferSize = BufferSize,
        MaxBufferSize = MaxBufferSize,
        Delimiter = ',',
        CsvStyle = CsvStyle.Standard,
        HasHeaders = true,
        HeaderComparer = StringComparer.Ordinal,
        StringFactory = null,
    };

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
