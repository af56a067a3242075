using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Tests.Execution;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

/// <summary>An attempt outlives its agent, its connection and the Coordinator; a drain ends it in order.</summary>
public sealed class AttemptRecoveryTests : AttemptTest
{
    [BubblewrapFact]
    public async Task A_job_runs_on_while_its_agent_is_restarted_and_is_not_run_twice()
    {
        var agent = await StartAgentAsync();
        Rows.Assign(Shell("job1", "echo ran >> runs.txt; while [ ! -e go ]; do sleep 0.05; done", (PrivacyLevel.ModeratelySensitive, "runs.txt")));
        await Wait.UntilAsync(() => File.Exists(Path.Join(Temp.Path, "attempts/job1-1/work/runs.txt")), "the action runs");

        await agent.StopAsync();
        agent.Dispose();
        await File.WriteAllTextAsync(Path.Join(Temp.Path, "attempts/job1-1/work/go"), "");
        await StartAgentAsync();

        Assert.Equal(StatusKind.Succeeded, (await EndAsync("job1")).Kind);
        Assert.Equal("ran\n", Uploaded("job1", "runs.txt"));
        await Wait.UntilAsync(() => !Directory.Exists(Path.Join(Temp.Path, "attempts/job1-1")), "the attempt is cleaned up");
    }

    [BubblewrapFact]
    public async Task A_job_runs_on_when_its_agent_is_killed_and_the_next_agent_takes_it_over()
    {
        using (var agent = AgentProgram.Start(Coordinator, Temp.Path))
        {
            await Wait.UntilAsync(() => !Rows.Sessions.IsEmpty, "the agent's program connects");
            Rows.Assign(Shell("job1", "echo ran >> runs.txt; while [ ! -e go ]; do sleep 0.05; done", (PrivacyLevel.ModeratelySensitive, "runs.txt")));
            await Wait.UntilAsync(() => File.Exists(Path.Join(Temp.Path, "attempts/job1-1/work/runs.txt")), "the action runs");
            agent.Kill();
            await agent.WaitForExitAsync();
        }

        await StartAgentAsync();
        await File.WriteAllTextAsync(Path.Join(Temp.Path, "attempts/job1-1/work/go"), "");

        Assert.Equal(StatusKind.Succeeded, (await EndAsync("job1")).Kind);
        Assert.Equal("ran\n", Uploaded("job1", "runs.txt"));
        var adopted = Rows.Frames.Last(frame => frame.Hello is not null).Hello.Inventory.Single();
        Assert.Equal((AttemptState.Running, ProcessState.Alive), (adopted.State, adopted.Process));
    }

    [BubblewrapFact]
    public async Task A_sandbox_that_vanished_is_reported_as_interrupted_and_not_as_failed()
    {
        var agent = await StartAgentAsync();
        Rows.Assign(Shell("job1", "touch up; sleep 60"));
        var directory = new AttemptDirectory(Path.Join(Temp.Path, "attempts/job1-1"));
        await Wait.UntilAsync(() => File.Exists(Path.Join(directory.Work, "up")), "the action runs");
        await agent.StopAsync();
        agent.Dispose();
        System.Diagnostics.Process.GetProcessById(SupervisorFiles.LivingSupervisor(directory)!.Value).Kill();

        await StartAgentAsync();

        Assert.Equal(StatusKind.Interrupted, (await EndAsync("job1")).Kind);
    }

    [BubblewrapFact]
    public async Task The_same_assignment_twice_runs_once()
    {
        await StartAgentAsync();
        var job = Shell("job1", "echo ran >> runs.txt", (PrivacyLevel.ModeratelySensitive, "runs.txt"));
        Rows.Assign(job);
        Rows.Assign(job);
        await EndAsync("job1");
        Rows.Assign(job);

        await Wait.UntilAsync(() => Rows.Frames.Count(frame => frame.AssignReply is not null) == 3, "three answers");

        Assert.All(Rows.Frames.Where(frame => frame.AssignReply is not null), frame => Assert.Equal(AssignDecision.Accepted, frame.AssignReply.Decision));
        Assert.Equal("ran\n", Uploaded("job1", "runs.txt"));
        Assert.Equal(4, Rows.Applied.Count);
    }

    [BubblewrapFact]
    public async Task A_fenced_attempt_is_stopped_and_leaves_nothing()
    {
        await StartAgentAsync();
        var job = Shell("job1", "sleep 60");
        Rows.Assign(job);
        await Wait.UntilAsync(() => Rows.Applied.Any(status => status.Kind == StatusKind.Executing), "the action runs");

        Rows.Send(new CoordinatorFrame { Fenced = new Fenced { Attempt = job.Attempt, CurrentFence = 2 } });

        await Wait.UntilAsync(() => !Directory.Exists(Path.Join(Temp.Path, "attempts/job1-1")), "the attempt is gone");
        Assert.Null(Rows.End("job1"));
    }

    [BubblewrapFact]
    public async Task A_drain_that_reaches_its_deadline_stops_what_runs_as_interrupted_even_when_it_ends_well()
    {
        await StartAgentAsync();
        Rows.Assign(Shell("job1", "trap 'exit 0' TERM; while :; do sleep 0.1; done"));
        await Wait.UntilAsync(() => Rows.Applied.Any(status => status.Kind == StatusKind.Executing), "the action runs");

        Rows.Send(new CoordinatorFrame { SetMode = new SetMode { Mode = AgentMode.Draining, DeadlineMs = 300 } });

        var end = await EndAsync("job1");
        Assert.Equal(StatusKind.Interrupted, end.Kind);
        Assert.Contains("it is run again", end.Message, StringComparison.Ordinal);
        await Wait.UntilAsync(() => Rows.Frames.Any(frame => frame.DrainState?.AttemptsLeft == 0), "the agent is drained");
    }

    [BubblewrapTheory]
    [InlineData("sleep 1", "00:01:00", StatusKind.Succeeded)]
    [InlineData("sleep 60", "00:00:01", StatusKind.Interrupted)]
    public async Task An_agent_that_drains_on_a_stop_ends_its_jobs_before_it_is_gone(string script, string within, StatusKind expected)
    {
        var agent = await StartAgentAsync(("Agent:DrainOnStop", within));
        Rows.Assign(Shell("job1", script));
        await Wait.UntilAsync(() => Rows.Applied.Any(status => status.Kind == StatusKind.Executing), "the action runs");

        await agent.StopAsync();

        Assert.Equal(expected, Rows.End("job1")?.Kind);
        Assert.False(Directory.Exists(Path.Join(Temp.Path, "attempts/job1-1")));
    }

    [BubblewrapFact]
    public async Task ACoordinator_that_shuts_down_costs_no_job_anything()
    {
        await StartAgentAsync();
        Rows.Assign(Shell("job1", "echo ran >> runs.txt; while [ ! -e go ]; do sleep 0.05; done", (PrivacyLevel.ModeratelySensitive, "runs.txt")));
        await Wait.UntilAsync(() => File.Exists(Path.Join(Temp.Path, "attempts/job1-1/work/runs.txt")), "the action runs");
        var hellos = Rows.Frames.Count(frame => frame.Hello is not null);

        Rows.Send(new CoordinatorFrame { GoAway = new GoAway { Reason = GoAwayReason.Shutdown, ReconnectAfterMs = 200, Message = "shutting down" } });
        await Wait.UntilAsync(() => Rows.Frames.Count(frame => frame.Hello is not null) > hellos, "the agent comes back");
        await File.WriteAllTextAsync(Path.Join(Temp.Path, "attempts/job1-1/work/go"), "");

        Assert.Equal(StatusKind.Succeeded, (await EndAsync("job1")).Kind);
        var item = Assert.Single(Rows.Frames.Last(frame => frame.Hello is not null).Hello.Inventory);
        Assert.Equal((AttemptState.Running, ProcessState.Alive), (item.State, item.Process));
        Assert.Equal("ran\n", Uploaded("job1", "runs.txt"));
    }
}
