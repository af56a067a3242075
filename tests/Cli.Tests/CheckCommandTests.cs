using System.Text.Json;
using Xunit;

namespace JobServer.Cli.Tests;

public sealed class CheckCommandTests : IDisposable
{
    private readonly StudyFolder _study = new();

    [Fact]
    public async Task A_valid_file_is_said_to_be_valid_with_status_0()
    {
        var run = await ToolRun.Of("check", _study.Add("project.yaml", StudyFolder.Valid));

        Assert.Equal(0, run.Status);
        Assert.Contains("project.yaml: valid, 2 actions.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_is_shown_under_its_line_with_status_1()
    {
        var run = await ToolRun.Of("check", _study.Add("project.yaml", StudyFolder.Valid.Replace("[extract]", "[extrct]", StringComparison.Ordinal)));

        Assert.Equal(1, run.Status);
        Assert.Contains("project.yaml:8:13: error N03", run.Output, StringComparison.Ordinal);
        Assert.Contains("  8 |     needs: [extrct]\n    |             ^\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"extract\"?", run.Output, StringComparison.Ordinal);
        Assert.Contains("project.yaml: 1 error.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_caret_stands_under_its_place_after_wide_letters()
    {
        var run = await ToolRun.Of("check", "--dialect", "opensafely", _study.Add("wide.yaml", "version: 5\nactions: {字字: 5}\n"));

        Assert.Contains("  2 | actions: {字字: 5}\n    |           ^\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("             ^", run.Output.Replace("  2 | ", "", StringComparison.Ordinal).Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_stands_for_its_project_and_a_mistyped_option_for_nothing()
    {
        _study.Add("project.yaml", StudyFolder.Valid);

        Assert.Contains("valid, 2 actions", (await ToolRun.Of("check", _study.Path)).Output, StringComparison.Ordinal);
        var mistyped = await ToolRun.Of("check", "--jsn");
        Assert.Equal(2, mistyped.Status);
        Assert.Contains("There is no option --jsn", mistyped.Errors, StringComparison.Ordinal);
        Assert.Contains("There is no such file", (await ToolRun.Of("check", "none.yaml")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_worst_of_several_files_decides_the_status()
    {
        var good = _study.Add("a.yaml", StudyFolder.Valid);
        var bad = _study.Add("b.yaml", "version: x");

        var run = await ToolRun.Of("check", good, bad);

        Assert.Equal(1, run.Status);
        Assert.Contains("2 files, 1 with errors.", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await ToolRun.Of("check", good, _study.Path + "/none.yaml")).Status);
    }

    [Fact]
    public async Task A_missing_file_is_named_with_status_2()
    {
        var run = await ToolRun.Of("check", "no-such-file.yaml");

        Assert.Equal(2, run.Status);
        Assert.Contains("no-such-file.yaml", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dialect_decides_on_the_rules()
    {
        var path = _study.Add("project.yaml", StudyFolder.Valid);

        Assert.Equal(0, (await ToolRun.Of("check", "--dialect", "medicia", path)).Status);
        var strict = await ToolRun.Of("check", "--dialect", "opensafely", path);
        Assert.Equal(1, strict.Status);
        Assert.Contains("E01", strict.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await ToolRun.Of("check", "--dialect", "other", path)).Status);
    }

    [Fact]
    public async Task Json_gives_one_object_a_file()
    {
        var good = _study.Add("a.yaml", StudyFolder.Valid);
        var bad = _study.Add("b.yaml", "version: 3\nactions:\n  é: 1\n");

        var run = await ToolRun.Of("check", "--json", good, bad);

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(2, lines.Count);
        Assert.True(lines[0].GetProperty("valid").GetBoolean());
        var model = lines[0].GetProperty("actions").GetProperty("model");
        Assert.Equal("""["python","model.py"]""", model.GetProperty("args").GetRawText());
        Assert.Equal("output/table.csv", model.GetProperty("outputs").GetProperty("moderately_sensitive").GetProperty("table").GetString());
        Assert.True(lines[0].GetProperty("actions").GetProperty("extract").GetProperty("uses_database").GetBoolean());
        Assert.False(lines[1].GetProperty("valid").GetBoolean());
        var problem = lines[1].GetProperty("problems")[0];
        Assert.Equal(("P07", 3, 3), (problem.GetProperty("rule").GetString(), problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()));
    }

    [Fact]
    public async Task Control_characters_of_a_file_do_not_reach_the_terminal()
    {
        var run = await ToolRun.Of("check", _study.Add("project.yaml", "version: \"\u001b[31m\"\n"));

        Assert.DoesNotContain('\u001b', run.Output);
    }

    public void Dispose() => _study.Dispose();
}
