using JobServer.Portal.Releases.Tables;

namespace JobServer.Portal.Tests.Releases.Tables;

public sealed class TableDiffTests
{
    [Fact]
    public void A_changed_cell_says_what_stood_there_and_new_and_removed_rows_are_told_apart()
    {
        Assert.Equal(
            ["  a|1", "~ b|3<2", "+ c|4", "  d|5", "- e|6"],
            Lines(Table("k,n", "a,1", "b,2", "d,5", "e,6"), Table("k,n", "a,1", "b,3", "c,4", "d,5")));
    }

    [Fact]
    public void A_row_put_in_above_changes_nothing_below()
    {
        Assert.Equal(["+ new|9", "  a|1", "  b|2"], Lines(Table("k,n", "a,1", "b,2"), Table("k,n", "new,9", "a,1", "b,2")));
    }

    [Fact]
    public void Columns_are_found_by_name_and_a_new_one_had_nothing_before()
    {
        Assert.Equal(["~ 1|a|x<", "~ 2|b|y<"], Lines(Table("k,n", "a,1", "b,2"), Table("n,k,more", "1,a,x", "2,b,y")));
    }

    [Fact]
    public void A_new_column_does_not_hide_a_row_put_in_above_and_a_removed_one_is_named()
    {
        var (before, now) = (Table("k,n,gone", "a,1,x", "b,2,y"), Table("k,n,more", "new,9,z", "a,1,z", "b,2,z"));

        Assert.Equal(["+ new|9|z", "~ a|1|z<", "~ b|2|z<"], Lines(before, now));
        Assert.Equal(["gone"], TableDiff.RemovedColumns(before, now));
    }

    [Theory]
    [InlineData("", "a,1", "+ a|1")]
    [InlineData("a,1", "", "- a|1")]
    [InlineData("", "", "")]
    public void Tables_without_rows_are_compared_too(string before, string now, string expected)
    {
        CsvTable Of(string row) => row.Length == 0 ? Table("k,n") : Table("k,n", row);

        Assert.Equal(expected, string.Join('/', Lines(Of(before), Of(now))));
    }

    [Fact]
    public void Line_ends_and_control_characters_in_cells_do_not_shift_rows()
    {
        var before = Table("k,n", "a,1", "b,2") with { Rows = [["x\ny\u2028z", "1"], ["\u0002", "2"], ["", ""]] };
        var now = before with { Rows = [["x\ny\u2028z", "1"], ["\u0002", "3"], ["", ""]] };

        Assert.Equal([TableDiffKind.Same, TableDiffKind.Changed, TableDiffKind.Same], TableDiff.Of(before, now).Select(row => row.Kind));
    }

    private static IEnumerable<string> Lines(CsvTable before, CsvTable now) => TableDiff.Of(before, now).Select(row =>
        row.Kind switch { TableDiffKind.Same => "  ", TableDiffKind.Changed => "~ ", TableDiffKind.Added => "+ ", _ => "- " }
        + string.Join('|', row.Cells.Select(cell => cell.Was is null ? cell.Text : $"{cell.Text}<{cell.Was}")));

    private static CsvTable Table(string header, params string[] rows) => new()
    {
        Header = header.Split(','),
        Rows = [.. rows.Select(row => row.Split(','))],
        MoreColumns = false,
        TotalRows = rows.Length,
    };
}
