using System.Text.Json;
using Xunit;

namespace JobServer.Cli.Tests;

public sealed class PlanCommandTests : IDisposable
{
    private readonly StudyFolder _study = new();

    [Fact]
    public async Task The_plan_shows_the_jobs_in_their_order_with_what_they_wait_for_and_write()
    {
        var run = await ToolRun.Of("plan", "--file", _study.Add("project.yaml", StudyFolder.Valid), "model");

        Assert.Equal(0, run.Status);
        var first = run.Output.IndexOf("1. extract  cohortextractor:", StringComparison.Ordinal);
        var second = run.Output.IndexOf("2. model  python:latest", StringComparison.Ordinal);
        Assert.InRange(first, 0, second);
        Assert.Contains("uses the database", run.Output[first..second], StringComparison.Ordinal);
        Assert.Contains("waits for extract", run.Output[second..], StringComparison.Ordinal);
        Assert.Matches("moderately_sensitive\\n.*output/table.csv\\n", run.Output[second..]);
        Assert.Contains("2 jobs.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_cannot_steer_the_screen()
    {
        var run = await ToolRun.Of("plan", "--file", _study.Add("e.yaml", "version: 3\nactions:\n  \"a\\e[31mX\":\n    run: \"python:v1\\e[32m x\"\n    outputs: {highly_sensitive: {x: \"o/\\ea.csv\"}}\n"));

        Assert.Equal(0, run.Status);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task Json_gives_the_jobs_with_what_they_wait_for()
    {
        var run = await ToolRun.Of("plan", "--json", "--file", _study.Add("project.yaml", StudyFolder.Valid));

        var jobs = JsonDocument.Parse(run.Output).RootElement.GetProperty("new_jobs");
        Assert.Equal(2, jobs.GetArrayLength());
        Assert.Equal("""["extract"]""", jobs[1].GetProperty("wait_for").GetRawText());
        Assert.Equal("""python:latest python model.py --config '{"size": 3}'""", jobs[1].GetProperty("run_command").GetString());
    }

    [Fact]
    public async Task Scenarios_are_answered_one_a_line()
    {
        _study.Add("project.yaml", StudyFolder.Valid);
        var scenarios = _study.Add("s.jsonl", """
            {"id": "1", "file": "project.yaml", "requested": ["model"], "force": false, "prior": {"extract": "running"}}
            {"id": "2", "file": "project.yaml", "requested": ["run_all"], "force": false, "prior": {"extract": "succeeded", "model": "succeeded"}}
            {"id": "3", "file": "project.yaml", "requested": ["other"], "force": false, "prior": {"extract": "cancelled"}}
            """);

        var run = await ToolRun.Of("plan", "--json", "--scenarios", scenarios, "--root", _study.Path);

        var answers = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal("""["extract"]""", answers[0].GetProperty("new_jobs")[0].GetProperty("wait_for").GetRawText());
        Assert.Equal("nothing_to_do", answers[1].GetProperty("error").GetProperty("kind").GetString());
        Assert.Equal("user", answers[2].GetProperty("error").GetProperty("kind").GetString());
        Assert.Equal(0, run.Status);
    }

    [Fact]
    public async Task A_line_that_is_no_scenario_is_named_with_status_2()
    {
        var scenarios = _study.Add("s.jsonl", "{}\n");

        var run = await ToolRun.Of("plan", "--json", "--scenarios", scenarios);

        Assert.Equal(2, run.Status);
        Assert.Contains("s.jsonl:1:", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_action_and_a_broken_file_have_status_1()
    {
        var path = _study.Add("project.yaml", StudyFolder.Valid);

        Assert.Equal(1, (await ToolRun.Of("plan", "--file", path, "nothing")).Status);
        var broken = await ToolRun.Of("plan", "--file", _study.Add("b.yaml", "version: 3"));
        Assert.Equal(1, broken.Status);
        Assert.Contains("jobserver check", broken.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _study.Dispose();
}
