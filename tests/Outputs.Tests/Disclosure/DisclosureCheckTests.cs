using System.Text;
using JobServer.Outputs.Disclosure;

namespace JobServer.Outputs.Tests.Disclosure;

public sealed class DisclosureCheckTests
{
    [Theory]
    [InlineData("a.csv", true)]
    [InlineData("a.md", true)]
    [InlineData("a.CSV", true)]
    [InlineData("a.feather", false)]
    [InlineData("a.csv.gz", false)]
    [InlineData("a", false)]
    [InlineData("a.", false)]
    public void Only_listed_types_may_leave(string path, bool passes) => Assert.NotEqual(passes, Check(path, "x,y\n1,2\n").IsBlocked);

    [Theory]
    [InlineData("patient_id,age\n")]
    [InlineData("age,Patient_ID\n")]
    [InlineData("age, patient_id \n1,2\n")]
    [InlineData("\"patient_id\",age\n")]
    [InlineData("patient_id;age\n1;2\n")]
    [InlineData("age\tpatient_id\n")]
    [InlineData("\ufeffpatient_id,age\n1,2\n")]
    public void A_column_that_tells_persons_apart_keeps_the_file_at_the_site(string text) =>
        Assert.Contains(Check("a.csv", text).Findings, found => found is { Rule: "P1", Severity: Severity.Block, Row: 1 });

    [Fact]
    public void The_columns_that_tell_persons_apart_are_a_setting()
    {
        var profile = DisclosureProfiles.Strict with { Limits = new OutputLimits { IdentifierColumns = ["hospital_number", "Hospital Number"] } };

        Assert.True(Check("a.csv", "HospitalNumber,age\n", profile: profile).IsBlocked);
        Assert.False(Check("a.csv", "patient_id,age\n", profile: profile).IsBlocked);
    }

    [Theory]
    [InlineData("a,b\n1,2,3\n")]
    [InlineData("a,b\n\"1\"x,2\n")]
    [InlineData("a,b\n\0,2\n")]
    public void A_table_that_cannot_be_read_stays_at_the_site(string text) =>
        Assert.Contains(Check("a.csv", text).Findings, found => found is { Rule: "C0", Severity: Severity.Block });

    [Fact]
    public void A_record_too_long_to_look_at_stays_at_the_site() =>
        Assert.True(Check("a.csv", $"a,b\n\"{new string('x', 2_000_000)}\",1\n").IsBlocked);

    [Fact]
    public void Several_reasons_are_told_together()
    {
        var result = Check("a.csv", "patient_id\n" + string.Concat(Enumerable.Repeat("1\n", 5001)));

        Assert.Contains(result.Findings, found => found.Rule == "C1");
        Assert.Contains(result.Findings, found => found.Rule == "P1");
    }

    [Fact]
    public void An_empty_table_passes() => Assert.Equal(Verdict.Pass, Check("a.csv", "").Verdict);

    [Fact]
    public void A_table_of_rounded_counts_passes() => Assert.Equal(Verdict.Pass, Check("a.csv", "group,count\nwomen,120\n").Verdict);

    [Fact]
    public void A_file_that_no_rule_understands_is_for_a_person() => Assert.Equal(Verdict.Review, Check("a.txt", "anything").Verdict);

    [Fact]
    public void A_file_that_is_allowed_and_too_large_for_the_checks_does_not_leave_unseen()
    {
        var profile = DisclosureProfiles.Strict with { Limits = new OutputLimits { MaxBytes = long.MaxValue } };
        Assert.Null(WorkspacePath.Parse("a.csv", out var path));

        var result = DisclosureCheck.Run(path, 65L * 1024 * 1024, () => throw new InvalidOperationException("It is not opened."), profile);

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Equal("U1", Assert.Single(result.Findings).Rule);
    }

    [Fact]
    public void A_rule_tells_the_first_of_many_and_that_there_are_more()
    {
        var found = Check("a.csv", "group,count\n" + string.Concat(Enumerable.Repeat("a,3\n", 400))).Findings.Where(found => found.Rule == "N1").ToList();

        Assert.Equal(21, found.Count);
        Assert.Equal((2, 2), (found[0].Row, found[0].Column));
        Assert.Equal("and more of the same in this file", found[^1].Message);
    }

    [Theory]
    [InlineData("strict", 9, true)]
    [InlineData("strict", 10, false)]
    [InlineData("opensafely", 7, true)]
    [InlineData("opensafely", 8, false)]
    [InlineData("datashield", 2, true)]
    [InlineData("datashield", 3, false)]
    [InlineData("bundesbank", 4, true)]
    [InlineData("bundesbank", 5, false)]
    [InlineData("uk-llc", 0, true)]
    [InlineData("strict", 0, false)]
    [InlineData("a name from elsewhere", 9, true)]
    public void A_profile_says_which_count_is_small(string profile, int count, bool small) =>
        Assert.Equal(small, Check("a.csv", $"group,count\na,{count}\n", profile: DisclosureProfiles.Find(profile)).Findings.Any(found => found.Rule == "N1"));

    [Fact]
    public void A_hostile_file_neither_hangs_nor_fills_the_memory()
    {
        var bomb = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(bomb, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write("<svg>"u8);
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 100; i++)
                gzip.Write(zeros);
        }

        Assert.True(Check("a.svgz", bomb.ToArray()).IsBlocked);
        Assert.True(Check("a.csv", new string(',', 4_000_000)).IsBlocked);
        Assert.NotEqual(Verdict.Pass, Check("a.html", string.Concat(Enumerable.Repeat("<p>", 10_000))).Verdict);
    }

    private static CheckResult Check(string path, string text, DisclosureProfile? profile = null) => Check(path, Encoding.UTF8.GetBytes(text), profile);

    private static CheckResult Check(string path, byte[] content, DisclosureProfile? profile = null)
    {
        Assert.Null(WorkspacePath.Parse(path, out var parsed));
        return DisclosureCheck.Run(parsed, content.Length, () => new MemoryStream(content), profile ?? DisclosureProfiles.Strict);
    }
}
