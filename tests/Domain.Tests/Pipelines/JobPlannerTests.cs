using JobServer.Domain.Pipelines;
using Xunit;

namespace JobServer.Domain.Tests.Pipelines;

public sealed class JobPlannerTests
{
    private static readonly Pipeline Diamond = Files.Graph("a: b c; b: d; c: d; d");

    [Fact]
    public void What_is_needed_comes_first_and_each_action_once() =>
        Assert.Equal("d; b<d; c<d; a<b,c", Show(Plan(Diamond, "a")));

    [Fact]
    public void Run_all_keeps_results_and_runs_the_rest() =>
        Assert.Equal("c(d); a<c(b,c)", Show(Plan(Diamond, "run_all", ("d", ExistingJobState.Succeeded), ("b", ExistingJobState.Succeeded))));

    [Fact]
    public void An_action_asked_for_by_name_runs_again() =>
        Assert.Equal("b(d)", Show(Plan(Diamond, "b", ("d", ExistingJobState.Succeeded), ("b", ExistingJobState.Succeeded))));

    [Fact]
    public void A_failed_need_runs_again() =>
        Assert.Equal("d; b<d", Show(Plan(Diamond, "b", ("d", ExistingJobState.Failed))));

    [Fact]
    public void An_active_need_is_waited_for_and_not_made_again()
    {
        var plan = Plan(Diamond, "b", ("d", ExistingJobState.Running));

        Assert.Equal("b<d", Show(plan));
        Assert.Equal("job-d", Assert.IsType<JobPlan.Planned>(plan).Jobs[0].WaitsFor[0].ExistingJobId);
    }

    [Fact]
    public void Force_runs_every_need_again()
    {
        var state = State(("d", ExistingJobState.Succeeded), ("c", ExistingJobState.Succeeded));

        Assert.Equal("d; c<d", Show(JobPlanner.Plan(Diamond, ["c"], true, state)));
    }

    [Fact]
    public void Nothing_to_do_says_why()
    {
        var done = Diamond.Actions.Select(a => (a.Name, ExistingJobState.Succeeded)).ToArray();

        Assert.Equal("All actions have already succeeded.", Assert.IsType<JobPlan.NothingToDo>(Plan(Diamond, "run_all", done)).Reason);
        Assert.Contains("scheduled or running", Assert.IsType<JobPlan.NothingToDo>(Plan(Diamond, "a", ("a", ExistingJobState.Pending))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_action_is_named() =>
        Assert.Contains("\"A\"", Assert.IsType<JobPlan.Refused>(Plan(Diamond, "A")).Message, StringComparison.Ordinal);

    [Fact]
    public void No_action_at_all_is_refused() =>
        Assert.IsType<JobPlan.Refused>(JobPlanner.Plan(Diamond, [], false, WorkspaceState.Empty));

    [Fact]
    public void A_chain_of_ten_thousand_needs_is_planned()
    {
        var chain = Files.Graph(string.Join("; ", Enumerable.Range(0, 10_000).Select(i => $"n{i}: n{i + 1}")) + "; n10000");

        var jobs = Assert.IsType<JobPlan.Planned>(Plan(chain, "n0")).Jobs;

        Assert.Equal(10_001, jobs.Count);
        Assert.Equal("n10000", jobs[0].Action.Name);
    }

    [Fact]
    public void A_circle_in_a_pipeline_that_is_only_for_drawing_is_refused()
    {
        var circle = Files.Read(Files.GraphText("a: b; b: a")).Drawable!;

        Assert.IsType<JobPlan.Refused>(Plan(circle, "a"));
    }

    private static JobPlan Plan(Pipeline pipeline, string action, params (string Action, ExistingJobState State)[] state) =>
        JobPlanner.Plan(pipeline, [action], false, State(state));

    private static WorkspaceState State(params (string Action, ExistingJobState State)[] state) =>
        new(state.ToDictionary(s => s.Action, s => new ExistingJob("job-" + s.Action, s.State), StringComparer.Ordinal));

    /// <summary>"action&lt;waits(inputs)", with the inputs only where they are not the waits.</summary>
    private static string Show(JobPlan plan) => string.Join("; ", Assert.IsType<JobPlan.Planned>(plan).Jobs.Select(j =>
    {
        var waits = string.Join(',', j.WaitsFor.Select(w => w.Action));
        var inputs = string.Join(',', j.InputsFrom.Select(w => w.Action));
        return j.Action.Name + (waits.Length > 0 ? "<" + waits : "") + (inputs != waits ? $"({inputs})" : "");
    }));
}
