using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Tests.Execution;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

/// <summary>An action that is stopped: by a person, at a limit, or for showing no sign of life.</summary>
public sealed class AttemptLimitTests : AttemptTest
{
    [BubblewrapFact]
    public async Task A_cancelled_action_stops_and_says_so()
    {
        await StartAgentAsync();
        var job = Shell("job1", "trap 'exit 0' TERM; while :; do sleep 0.1; done");
        Rows.Assign(job);
        await Wait.UntilAsync(() => Rows.Applied.Any(status => status.Kind == StatusKind.Executing), "the action runs");

        Rows.Send(new CoordinatorFrame { Cancel = new Cancel { Attempt = job.Attempt, Reason = "by user", GraceMs = 2000 } });

        Assert.Equal(FailureReason.Cancelled, (await EndAsync("job1")).Reason);
        Assert.Contains(Rows.Frames, frame => frame.CancelReply?.Outcome == CancelOutcome.Stopping);
    }

    [BubblewrapFact]
    public async Task An_action_beyond_its_time_limit_is_stopped_by_the_agent()
    {
        await StartAgentAsync();
        var job = Shell("job1", "sleep 60");
        job.Spec.Limits = new LimitsSpec { TimeMs = 500 };
        Rows.Assign(job);

        var end = await EndAsync("job1");

        Assert.Equal(FailureReason.TimedOut, end.Reason);
        Assert.Contains("0.5 seconds", end.Message, StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task An_action_that_shows_no_sign_of_life_is_stopped_and_told_why()
    {
        await StartAgentAsync();
        var job = Shell("job1", "echo hello; sleep 60");
        job.Spec.Limits = new LimitsSpec { SilenceMs = 2000 };
        Rows.Assign(job);

        var end = await EndAsync("job1");

        Assert.Equal(FailureReason.NoOutput, end.Reason);
        Assert.Equal("The action was stopped: it printed nothing and wrote no file for 2 seconds.", end.Message);
    }

    [BubblewrapTheory]
    [InlineData("echo tick")]
    [InlineData("mkdir -p a/b; echo tick >> a/b/file.txt")]
    public async Task An_action_that_prints_or_writes_a_little_is_left_alone(string sign)
    {
        await StartAgentAsync();
        var job = Shell("job1", $"for i in 1 2 3 4 5 6 7 8 9 10 11 12; do {sign}; sleep 0.5; done");
        job.Spec.Limits = new LimitsSpec { SilenceMs = 3000 };
        Rows.Assign(job);

        Assert.Equal(StatusKind.Succeeded, (await EndAsync("job1")).Kind);
    }
}
