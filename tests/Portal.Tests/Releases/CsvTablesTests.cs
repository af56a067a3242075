using System.Text;
using JobServer.Portal.Releases;

namespace JobServer.Portal.Tests.Releases;

public sealed class CsvTablesTests
{
    [Fact]
    public async Task Quoted_cells_and_short_rows_line_up_with_the_header()
    {
        var table = await TableAsync("name,n\n\"a, b\",12\nc\n");

        Assert.Equal(["name", "n"], table.Header);
        Assert.Equal([["a, b", "12"], ["c", ""]], table.Rows);
        Assert.False(table.More);
    }

    [Fact]
    public async Task Only_the_first_thousand_rows_are_read_and_it_says_so()
    {
        var table = await TableAsync("n\n" + string.Concat(Enumerable.Range(0, 1_001).Select(n => $"{n}\n")));

        Assert.Equal(1_000, table.Rows.Count);
        Assert.True(table.More);
    }

    [Fact]
    public async Task An_empty_file_is_an_empty_table()
    {
        Assert.Empty((await TableAsync("")).Header);
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe, 0x00, 0x80 })]
    [InlineData(new byte[] { (byte)'"', (byte)'a' })]
    public async Task What_is_no_CSV_is_refused_in_words(byte[] bytes)
    {
        var (table, problem) = await CsvTables.ReadAsync(new MemoryStream(bytes), ',', CancellationToken.None);

        Assert.Null(table);
        Assert.NotNull(problem);
    }

    private static async Task<CsvTable> TableAsync(string csv)
    {
        var (table, problem) = await CsvTables.ReadAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(csv)), ',', CancellationToken.None);
        Assert.Null(problem);
        return table!;
    }
}
