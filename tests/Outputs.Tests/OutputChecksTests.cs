using System.Text;

namespace JobServer.Outputs.Tests;

public sealed class OutputChecksTests
{
    private const long Limit = 16 * 1024 * 1024;

    [Fact]
    public void Size_is_allowed_up_to_its_limit()
    {
        Assert.True(Check("a.txt", "", size: Limit).Accepted);
        Assert.Contains("16.1 MiB", Assert.Single(Check("a.txt", "", size: Limit + 1).Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", true)]
    [InlineData("a.PNG", true)]
    [InlineData("a.svgz", true)]
    [InlineData("a.md", true)]
    [InlineData("a.feather", false)]
    [InlineData("a.csv.gz", false)]
    [InlineData("a", false)]
    [InlineData("a.", false)]
    public void Only_listed_types_pass(string path, bool accepted) => Assert.Equal(accepted, Check(path, "x,y\n1,2\n").Accepted);

    [Fact]
    public void Rows_are_allowed_up_to_their_limit()
    {
        var rows = string.Concat(Enumerable.Repeat("1,2\n", 5000));

        Assert.Equal(new CsvShape(5000, 2), Check("a.csv", "x,y\n" + rows).Shape);
        Assert.True(Check("a.csv", "x,y\n" + rows).Accepted);
        Assert.Contains("5000 rows", Assert.Single(Check("a.csv", "x,y\n" + rows + "1,2").Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("patient_id,age\n")]
    [InlineData("age,Patient_ID\n")]
    [InlineData("age, patient_id \n1,2\n")]
    [InlineData("\"patient_id\",age\n")]
    [InlineData("patient_id;age\n1;2\n")]
    [InlineData("age\tpatient_id\n")]
    [InlineData("\ufeffpatient_id,age\n1,2\n")]
    public void A_column_that_tells_persons_apart_keeps_the_file_at_the_site(string text) =>
        Assert.Contains("patient_id", Assert.Single(Check("a.csv", text).Reasons), StringComparison.Ordinal);

    [Fact]
    public void The_columns_that_tell_persons_apart_are_a_setting()
    {
        var limits = new OutputLimits { IdentifierColumns = ["nhs_number", "mrn"] };

        Assert.False(Check("a.csv", "MRN,age\n", limits: limits).Accepted);
        Assert.True(Check("a.csv", "patient_id,age\n", limits: limits).Accepted);
        Assert.True(Check("a.csv", "not_patient_id,age\n").Accepted);
    }

    [Theory]
    [InlineData("a,b\n1,2,3\n")]
    [InlineData("a,b\n1\n")]
    [InlineData("a,b\n\"1\"x,2\n")]
    [InlineData("a,b\n\0,2\n")]
    public void A_table_that_cannot_be_read_stays_at_the_site(string text) =>
        Assert.Contains("cannot be read as CSV", Assert.Single(Check("a.csv", text).Reasons), StringComparison.Ordinal);

    [Fact]
    public void A_table_in_another_encoding_stays_at_the_site()
    {
        var verdict = Check("a.csv", [.. "a,b\n"u8, 0xE4, 0x2C, 0x32]);

        Assert.Contains("cannot be read as CSV", Assert.Single(verdict.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_too_long_to_look_at_stays_at_the_site() =>
        Assert.False(Check("a.csv", $"a,b\n\"{new string('x', 2_000_000)}\",1\n").Accepted);

    [Fact]
    public void Several_reasons_are_told_together()
    {
        var verdict = Check("a.csv", "patient_id\n" + string.Concat(Enumerable.Repeat("1\n", 5001)));

        Assert.Equal(2, verdict.Reasons.Count);
    }

    [Fact]
    public void Quoted_line_breaks_do_not_count_as_rows() =>
        Assert.Equal(1, Check("a.csv", "a,b\n\"x\ny\n,z\",2\n").Shape!.Rows);

    [Fact]
    public void An_empty_table_passes() => Assert.True(Check("a.csv", "").Accepted);

    private static OutputVerdict Check(string path, string text, long? size = null, OutputLimits? limits = null) =>
        Check(path, Encoding.UTF8.GetBytes(text), size, limits);

    private static OutputVerdict Check(string path, byte[] content, long? size = null, OutputLimits? limits = null)
    {
        Assert.Null(WorkspacePath.Parse(path, out var parsed));
        return OutputChecks.Check(parsed, size ?? content.Length, () => new MemoryStream(content), limits ?? new OutputLimits());
    }
}
