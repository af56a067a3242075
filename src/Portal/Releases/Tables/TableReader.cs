using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Sylvan.Data.Csv;

namespace JobServer.Portal.Releases.Tables;

/// <summary>
/// Reads a table part by part, whatever its size. The first look at a file passes over all of it once, to check its digest and
/// find its parts; later ones read what they show.
/// </summary>
internal sealed class TableReader(ReleasedBlobs blobs) : IDisposable
{
    /// <summary>In bytes. A part is larger only where one row is.</summary>
    public const int MaxPart = 4 * 1024 * 1024;

    /// <summary>In bytes: of this size and below a file is checked at each look.</summary>
    private const long MaxUnkept = 1024 * 1024;

    private const int BytesOfPart = 16;
    private const int MaxIndexBytes = 8 * 1024 * 1024;
    private const string NoTable = "This file cannot be shown as a table: it is not a well-formed CSV file in UTF-8.";

    private readonly MemoryCache _indexes = new(new MemoryCacheOptions { SizeLimit = MaxIndexBytes });

    /// <summary>The part that holds a row, or the reason in words why there is none.</summary>
    /// <param name="file">A file that is called CSV or TSV.</param>
    /// <param name="row">Counted from 0 under the header.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="DamagedBlobException">The bytes are not those that were released.</exception>
    public async Task<(CsvTable? Table, string? Problem)> ReadAsync(ReleasedFile file, long row, CancellationToken cancellationToken)
    {
        if (await IndexAsync(file, cancellationToken) is not { } index)
        {
            return (null, NoTable);
        }

        var part = index.PartOf(row);
        var (table, problem) = part < 0
            ? await ReadAsync(file, index, 0, 0, 0, cancellationToken)
            : await ReadAsync(file, index, index.OffsetOf(part), index.OffsetOf(part + 1), index.Parts[part].FirstRow, cancellationToken);
        return table is null
            ? (null, problem)
            : (table with
            {
                Previous = part > 0 ? index.Parts[part - 1].FirstRow : null,
                Next = part >= 0 && part + 1 < index.Parts.Count ? index.Parts[part + 1].FirstRow : null,
                Last = index.Parts.Count > 0 ? index.Parts[^1].FirstRow : 0,
            }, null);
    }

    /// <summary>Rows by their numbers, to be held beside those of another file.</summary>
    /// <param name="file">A file that is called CSV or TSV.</param>
    /// <param name="first">Counted from 0 under the header.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>Null where they cannot be shown as a table.</returns>
    /// <exception cref="DamagedBlobException">The bytes are not those that were released.</exception>
    public async Task<CsvTable?> ReadRowsAsync(ReleasedFile file, long first, int count, CancellationToken cancellationToken)
    {
        if (await IndexAsync(file, cancellationToken) is not { } index)
        {
            return null;
        }

        if (index.Rows <= first || count == 0)
        {
            return (await ReadAsync(file, index, 0, 0, first, cancellationToken)).Table;
        }

        var (from, to) = (index.PartOf(first), index.PartOf(first + count - 1));
        var (table, _) = await ReadAsync(file, index, index.OffsetOf(from), index.OffsetOf(to + 1), index.Parts[from].FirstRow, cancellationToken);
        return table is null ? null : table with
        {
            Rows = [.. table.Rows.Skip((int)(first - table.FirstRow)).Take(count)],
            FirstRow = first,
        };
    }

    public void Dispose() => _indexes.Dispose();

    private async Task<(CsvTable? Table, string? Problem)> ReadAsync(
        ReleasedFile file, TableIndex index, long start, long end, long firstRow, CancellationToken cancellationToken)
    {
        if (index.HeaderEnd > MaxPart)
        {
            return (null, "The header of this table is too long to be shown. Download the file to see it.");
        }

        if (end - start > MaxPart)
        {
            return (null, $"Row {firstRow + 1:N0} is too long to be shown. Download the file to see it.");
        }

        try
        {
            await using var content = blobs.OpenChecked(file);
            var header = await RowsAsync(content, 0, index.HeaderEnd, index.Separator, cancellationToken);
            var rows = await RowsAsync(content, start, end, index.Separator, cancellationToken);
            var columns = header.Count == 0 ? [] : header[0].Cells;
            return (new CsvTable
            {
                Header = columns,
                Rows = [.. rows.Select(row => Fitted(row.Cells, columns.Length))],
                MoreColumns = header.Any(row => row.HasMore) || rows.Any(row => row.Cells.Length > columns.Length || row.HasMore),
                FirstRow = firstRow,
                TotalRows = index.Rows,
            }, null);
        }
        catch (Exception error) when (error is CsvFormatException or CsvRecordTooLargeException or DecoderFallbackException)
        {
            return (null, NoTable);
        }
    }

    private static async Task<IReadOnlyList<CsvRow>> RowsAsync(Stream content, long start, long end, char separator, CancellationToken cancellationToken)
    {
        var bytes = new byte[end - start];
        content.Position = start;
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return await CsvRows.ReadAsync(bytes, separator, cancellationToken);
    }

    private static string[] Fitted(string[] cells, int columns)
    {
        if (cells.Length == columns)
        {
            return cells;
        }

        var fitted = new string[columns];
        Array.Fill(fitted, "");
        cells.AsSpan(0, Math.Min(cells.Length, columns)).CopyTo(fitted);
        return fitted;
    }

    private async Task<TableIndex?> IndexAsync(ReleasedFile file, CancellationToken cancellationToken)
    {
        // The same bytes are another table under another name.
        var isTabbed = Path.GetExtension(file.Path).Equals(".tsv", StringComparison.OrdinalIgnoreCase);
        if (_indexes.TryGetValue<TableIndex>((file.Digest, isTabbed), out var known))
        {
            return known;
        }

        var scanner = new TableScanner(isTabbed ? '\t' : null);
        await blobs.CheckAsync(file, scanner.Write, cancellationToken);
        var index = scanner.Finish();
        if (index is not null && file.Size > MaxUnkept)
        {
            _indexes.Set((file.Digest, isTabbed), index, new MemoryCacheEntryOptions
            {
                Size = BytesOfPart * (index.Parts.Count + 1),
                AbsoluteExpirationRelativeToNow = ReleasedBlobs.CheckedFor,
            });
        }

        return index;
    }
}
