using System.Text;
using JobServer.Data.Blobs;
using JobServer.Domain.Backends;
using JobServer.Portal.Releases;
using JobServer.Portal.Releases.Tables;
using JobServer.TestCommon;
using Microsoft.Extensions.Logging.Abstractions;
using Sylvan.Data.Csv;

namespace JobServer.Portal.Tests.Releases.Tables;

public sealed class TableReaderTests : SiteTest
{
    [Fact]
    public async Task Quoted_cells_and_short_rows_line_up_with_the_header()
    {
        var table = await TableAsync("name,n\n\"a, b\",12\nc\n");

        Assert.Equal(["name", "n"], table.Header);
        Assert.Equal([["a, b", "12"], ["c", ""]], table.Rows);
        Assert.True(table.IsWhole);
    }

    [Fact]
    public async Task A_part_has_a_thousand_rows_at_most_and_every_row_is_in_one_part()
    {
        var text = "n\n" + string.Concat(Enumerable.Range(0, 2_500).Select(n => $"{n}\n"));

        var first = await TableAsync(text);
        var second = await TableAsync(text, first.Next!.Value);
        var last = await TableAsync(text, 2_499);

        Assert.Equal((0, 1_000, 2_500L, null), (first.FirstRow, first.Rows.Count, first.TotalRows, first.Previous));
        Assert.Equal((1_000, "1000", "1999"), (second.FirstRow, second.Rows[0][0], second.Rows[^1][0]));
        Assert.Equal((2_000, 500, (long?)1_000, (long?)null), (last.FirstRow, last.Rows.Count, last.Previous, last.Next));
        Assert.Equal("2499", last.Rows[^1][0]);
        Assert.Equal(2_000, (await TableAsync(text, long.MaxValue)).FirstRow);
    }

    [Fact]
    public async Task Rows_are_found_by_their_numbers_across_parts()
    {
        var file = await FileAsync("n\n" + string.Concat(Enumerable.Range(0, 2_500).Select(n => $"{n}\n")));
        using var blobs = Blobs();
        using var reader = new TableReader(blobs);

        var rows = await reader.ReadRowsAsync(file, 990, 20, CancellationToken.None);

        Assert.Equal(Enumerable.Range(990, 20).Select(n => $"{n}"), rows!.Rows.Select(row => row[0]));
        Assert.Empty((await reader.ReadRowsAsync(file, 9_999, 20, CancellationToken.None))!.Rows);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData("a,b\n")]
    [InlineData("a,b\r\n1,2\r\n")]
    [InlineData("a,b\r1,2\r3,4")]
    [InlineData("\uFEFF\"a\",b\n1,2\n")]
    [InlineData("a,b\n\"x\ny\",2\n\"he said \"\"no\"\"\",4\n")]
    [InlineData("a,b\n5\" pipe,2\n6\" pipe,3\n")]
    [InlineData("a,b\n\n1,2\n\n")]
    [InlineData("a;b\n1;2\n")]
    [InlineData("a,b\n\"\",\"\r\n\"\n1,2\n")]
    [InlineData("a,b\n#1,2\n3,4\n# note\n")]
    [InlineData("#a,b\n1,2\n")]
    public async Task The_rows_are_those_that_a_reader_of_the_whole_file_finds(string text)
    {
        var expected = Whole(text, text.Contains(';') ? ';' : ',');

        foreach (var chunk in new[] { 1, 2, 3, 7, 1_000 })
        {
            var index = Index(text, chunk)!;
            Assert.Equal(Math.Max(0, expected.Count - 1), index.Rows);
        }

        var table = await TableAsync(text);
        Assert.Equal(expected.Count == 0 ? [] : expected[0], table.Header);
        Assert.Equal(expected.Skip(1), table.Rows);
    }

    [Fact]
    public void Any_table_is_cut_into_parts_that_hold_its_rows()
    {
        var random = new Random(11);
        for (var round = 0; round < 100; round++)
        {
            var text = "a,b\n" + string.Concat(Enumerable.Range(0, random.Next(0, 3_000)).Select(_ => Row(random)));
            var (bytes, index) = (Encoding.UTF8.GetBytes(text), Index(text, random.Next(1, 4_000))!);
            var expected = Whole(text, ',');

            var found = new List<string[]>();
            for (var part = 0; part < index.Parts.Count; part++)
            {
                Assert.Equal(found.Count, index.Parts[part].FirstRow);
                found.AddRange(Whole(Encoding.UTF8.GetString(bytes[(int)index.OffsetOf(part)..(int)index.OffsetOf(part + 1)]), ','));
            }

            Assert.Equal(expected.Skip(1), found);
        }

        static string Row(Random random) => random.Next(5) switch
        {
            0 => $"\"{new string('x', random.Next(200))}\n\"\"{random.Next()}\",1\r\n",
            1 => $"ü{random.Next()},\"\"\n",
            2 => $"{new string('y', random.Next(2_000))},2\n",
            _ => $"{random.Next()},{random.Next()}\n",
        };
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe, 0x00, 0x80 })]
    [InlineData(new byte[] { (byte)'"', (byte)'a' })]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0, (byte)'1', (byte)'\n' })]
    public async Task What_is_no_CSV_is_refused_in_words(byte[] bytes)
    {
        var (table, problem) = await ReadAsync(bytes, 0);

        Assert.Null(table);
        Assert.Contains("not a well-formed CSV", problem);
    }

    [Fact]
    public async Task A_row_that_is_too_long_is_named_and_the_others_are_shown()
    {
        var text = "a\n1\n" + new string('x', TableReader.MaxPart + 1) + "\n3\n";

        Assert.Equal("1", (await TableAsync(text)).Rows[0][0]);
        Assert.Contains("Row 2 is too long", (await ReadAsync(Encoding.UTF8.GetBytes(text), 1)).Problem);
        Assert.Equal("3", (await TableAsync(text, 2)).Rows[0][0]);
    }

    [Fact]
    public async Task The_same_bytes_are_a_table_of_their_own_under_each_name()
    {
        var file = await FileAsync(string.Concat(Enumerable.Repeat("a,b\tc\n", 300_000)));
        using var blobs = Blobs();
        using var reader = new TableReader(blobs);

        Assert.Equal(["a", "b\tc"], (await reader.ReadAsync(file, 0, CancellationToken.None)).Table!.Header);
        Assert.Equal(["a,b", "c"], (await reader.ReadAsync(file with { Path = "output/a.tsv" }, 0, CancellationToken.None)).Table!.Header);
    }

    [Fact]
    public async Task A_damaged_file_shows_nothing()
    {
        var file = await FileAsync("a\n1\n");
        await File.WriteAllTextAsync(Path.Combine(Site.Database.Folder, "blobs", file.Digest[..2], file.Digest), "a\n2\n");
        using var blobs = Blobs();
        using var reader = new TableReader(blobs);

        await Assert.ThrowsAsync<DamagedBlobException>(() => reader.ReadAsync(file, 0, CancellationToken.None));
    }

    private static TableIndex? Index(string text, int chunk)
    {
        var scanner = new TableScanner(text.Contains(';') ? ';' : ',');
        var bytes = Encoding.UTF8.GetBytes(text);

        // The first bytes of a file come together: a read gives more than a mark of three bytes.
        for (var (at, end) = (0, Math.Max(chunk, 3)); at < bytes.Length; (at, end) = (end, end + chunk))
        {
            scanner.Write(bytes.AsSpan(at, Math.Min(end, bytes.Length) - at));
        }

        return scanner.Finish();
    }

    private static List<string[]> Whole(string text, char separator)
    {
        using var reader = CsvDataReader.Create(new StringReader(text.TrimStart('\uFEFF')), new CsvDataReaderOptions { HasHeaders = false, Delimiter = separator, Comment = '\0' });
        var rows = new List<string[]>();
        while (reader.Read())
        {
            var row = Enumerable.Range(0, reader.RowFieldCount).Select(reader.GetString).ToArray();
            rows.Add(rows.Count == 0 || row.Length == rows[0].Length ? row : [.. row, .. Enumerable.Repeat("", rows[0].Length - row.Length)]);
        }

        return rows;
    }

    private ReleasedBlobs Blobs() => new(Site.Get<IBlobStore>(), NullLogger<ReleasedBlobs>.Instance);

    private async Task<CsvTable> TableAsync(string csv, long row = 0)
    {
        var (table, problem) = await ReadAsync(Encoding.UTF8.GetBytes(csv), row);
        Assert.Null(problem);
        return table!;
    }

    private async Task<(CsvTable? Table, string? Problem)> ReadAsync(byte[] bytes, long row)
    {
        using var blobs = Blobs();
        using var reader = new TableReader(blobs);
        return await reader.ReadAsync(await FileAsync(bytes), row, CancellationToken.None);
    }

    private Task<ReleasedFile> FileAsync(string text) => FileAsync(Encoding.UTF8.GetBytes(text));

    private async Task<ReleasedFile> FileAsync(byte[] bytes)
    {
        var blob = await Site.Get<IBlobStore>().PutAsync(new MemoryStream(bytes), long.MaxValue, CancellationToken.None);
        return new ReleasedFile
        {
            Id = "01G7TEST000000000000000001",
            ReleaseId = "01G7TEST000000000000000002",
            Policy = ReleasePolicy.Reviewed,
            Path = "output/a.csv",
            Size = blob.Size,
            Digest = blob.Digest,
            CreatedAt = Site.Now,
        };
    }
}
