using System.Text.Json;
using Xunit;

namespace JobServer.Cli.Tests;

public sealed class OutputsCommandTests : IDisposable
{
    private const string Rounded = "group,count\nwomen,120\nmen,115\n";
    private const string Small = "group,count\nwomen,120\nmen,3\n";

    private readonly StudyFolder _folder = new();

    [Fact]
    public async Task Files_in_which_nothing_is_found_pass()
    {
        var run = await ToolRun.Of("outputs", "check", _folder.Add("table.csv", Rounded));

        Assert.Equal(0, run.Status);
        Assert.Contains("table.csv: pass.", run.Output);
        Assert.Contains("strict 2026.1", run.Output);
    }

    [Fact]
    public async Task A_small_count_fails_with_its_place_and_what_to_do_and_without_the_number()
    {
        var run = await ToolRun.Of("outputs", "check", _folder.Add("table.csv", Small));

        Assert.Equal(1, run.Status);
        Assert.Contains("table.csv: row 3, column 2: fail N1: a count below 10", run.Output);
        Assert.Contains("[REDACTED]", run.Output);
        Assert.DoesNotContain("3,", run.Output.Replace("row 3,", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_nobody_can_decide_by_rule_is_for_review()
    {
        var run = await ToolRun.Of("outputs", "check", _folder.Add("note.txt", "a note\n"));

        Assert.Equal(2, run.Status);
        Assert.Contains("review: a person must look at it", run.Output);
    }

    [Fact]
    public async Task One_file_that_fails_fails_all_and_a_folder_stands_for_its_files()
    {
        _folder.Add("a.csv", Rounded);
        _folder.Add("b.txt", "a note\n");
        _folder.Add("c.csv", Small);

        Assert.Equal(1, (await ToolRun.Of("outputs", "check", _folder.Path)).Status);
    }

    [Fact]
    public async Task Another_profile_has_other_thresholds()
    {
        var path = _folder.Add("table.csv", "group,count\nwomen,3\n");

        Assert.Equal(0, (await ToolRun.Of("outputs", "check", "--profile", "datashield", path)).Status);
        var unknown = await ToolRun.Of("outputs", "check", "--profile", "nothing", path);
        Assert.Contains("There is no profile nothing; the names are strict, opensafely", unknown.Errors);
        Assert.Contains("datashield", (await ToolRun.Of("outputs", "profiles")).Output);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_never_passes()
    {
        var run = await ToolRun.Of("outputs", "check", _folder.Add("a.csv", Rounded), Path.Join(_folder.Path, "missing.csv"));

        Assert.Equal(1, run.Status);
        Assert.Contains("there is no such file", run.Errors);
    }

    [Fact]
    public async Task Programs_read_one_object_a_file()
    {
        var run = await ToolRun.Of("outputs", "check", "--json", _folder.Add("table.csv", Small));

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("fail", json.RootElement.GetProperty("verdict").GetString());
        var found = json.RootElement.GetProperty("findings")[0];
        Assert.Equal(("N1", 3, 2), (found.GetProperty("rule").GetString(), found.GetProperty("row").GetInt32(), found.GetProperty("column").GetInt32()));
    }

    public void Dispose() => _folder.Dispose();
}
