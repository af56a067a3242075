using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

public sealed class ReportTests : SiteTest
{
    private TestStudy _study = null!;
    private TestAgent _agent = null!;
    private ClaimedJob _job = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
        _agent = await Site.OpenSessionAsync(_study.Backend);
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        _job = await _agent.ClaimOneAsync();
    }

    [Fact]
    public async Task Reports_move_a_job_from_stage_to_stage()
    {
        await _agent.ReportAsync(_job, JobTrigger.ReportPreparing);
        Assert.Equal((JobState.Running, JobStatusCode.Preparing), await StateAsync());
        await _agent.ReportAsync(_job, JobTrigger.ReportExecuting);
        await _agent.ReportAsync(_job, JobTrigger.ReportFinalizing);
        Assert.Equal((JobState.Running, JobStatusCode.Finalizing), await StateAsync());
        await _agent.SucceedAsync(_job);
        Assert.Equal((JobState.Succeeded, JobStatusCode.Succeeded), await StateAsync());
        Assert.Equal([0, 0, 1, 2, 3, 4], (await Site.EventsAsync(_job.JobId)).Select(jobEvent => jobEvent.Sequence));
    }

    [Fact]
    public async Task A_report_that_comes_twice_is_applied_once()
    {
        var report = _agent.Report(_job, JobTrigger.ReportExecuting);
        await _agent.SendAsync(report);

        Assert.Equal(new ReportOutcome.Applied(1), await _agent.SendAsync(report));
        Assert.Equal(3, (await Site.EventsAsync(_job.JobId)).Count);
    }

    [Fact]
    public async Task A_report_after_a_missing_one_waits_for_it()
    {
        var first = _agent.Report(_job, JobTrigger.ReportPreparing);
        var second = _agent.Report(_job, JobTrigger.ReportExecuting);

        Assert.Equal(new ReportOutcome.Gap(1), await _agent.SendAsync(second));
        Assert.Equal((JobState.Pending, JobStatusCode.WaitingOnAgent), await StateAsync());
        Assert.Equal(new ReportOutcome.Applied(1), await _agent.SendAsync(first));
        Assert.Equal(new ReportOutcome.Applied(2), await _agent.SendAsync(second));
    }

    [Fact]
    public async Task A_report_on_an_older_attempt_changes_nothing()
    {
        await _agent.LoseAsync(_job);
        var current = await _agent.ClaimOneAsync();

        Assert.Equal(new ReportOutcome.Fenced(current.Fence), await _agent.SendAsync(_agent.Report(_job, JobTrigger.ReportExecuting)));
        Assert.Equal((JobState.Pending, JobStatusCode.WaitingOnAgent), await StateAsync());
    }

    [Fact]
    public async Task A_report_on_a_job_of_another_agent_changes_nothing()
    {
        var other = await Site.OpenSessionAsync(_study.Backend, "agent-2");

        Assert.IsType<ReportOutcome.Fenced>(await other.SendAsync(other.Report(_job, JobTrigger.ReportExecuting)));
        Assert.Equal((JobState.Pending, JobStatusCode.WaitingOnAgent), await StateAsync());
    }

    [Fact]
    public async Task A_report_on_an_unknown_job_is_refused() =>
        Assert.Equal(new ReportOutcome.Fenced(0), await _agent.SendAsync(_agent.Report(_job with { JobId = "unknown" }, JobTrigger.ReportExecuting)));

    [Fact]
    public async Task A_report_of_an_older_session_changes_nothing()
    {
        await Site.OpenSessionAsync(_study.Backend);

        Assert.IsType<ReportOutcome.StaleSession>(await _agent.SendAsync(_agent.Report(_job, JobTrigger.ReportExecuting)));
        Assert.Equal((JobState.Pending, JobStatusCode.WaitingOnAgent), await StateAsync());
    }

    [Fact]
    public async Task A_report_of_an_agent_that_never_said_hello_changes_nothing()
    {
        var report = _agent.Report(_job, JobTrigger.ReportExecuting) with { AgentId = "nobody", SessionEpoch = 0 };

        Assert.IsNotType<ReportOutcome.Applied>(await _agent.SendAsync(report));
        Assert.Equal((JobState.Pending, JobStatusCode.WaitingOnAgent), await StateAsync());
    }

    [Theory]
    [InlineData(JobTrigger.ReportExecuting)]
    [InlineData(JobTrigger.ReportSucceeded)]
    [InlineData(JobTrigger.LoseAttempt)]
    public async Task What_ended_never_changes(JobTrigger trigger)
    {
        await _agent.FailAsync(_job);
        var ended = await Site.JobAsync(_job.JobId);
        Site.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.IsNotType<ReportOutcome.Applied>(await _agent.SendAsync(_agent.Report(_job, trigger)));
        Assert.Equal(LeaseChange.NotHeld, await _agent.LoseAsync(_job));
        Assert.Equivalent(ended, await Site.JobAsync(_job.JobId), strict: true);
    }

    [Fact]
    public async Task A_stage_never_goes_back()
    {
        await _agent.ReportAsync(_job, JobTrigger.ReportFinalizing);

        Assert.IsType<ReportOutcome.Invalid>(await _agent.SendAsync(_agent.Report(_job, JobTrigger.ReportPreparing)));
        Assert.Equal((JobState.Running, JobStatusCode.Finalizing), await StateAsync());
    }

    [Fact]
    public async Task A_success_without_a_manifest_is_refused()
    {
        Assert.IsType<ReportOutcome.Invalid>(await _agent.SendAsync(_agent.Report(_job, JobTrigger.ReportSucceeded)));
        Assert.Equal(JobState.Pending, (await StateAsync()).State);
    }

    [Fact]
    public async Task A_success_with_another_manifest_than_the_committed_one_is_refused()
    {
        await _agent.CommitAsync(_job, await _agent.UploadAsync(_job, "output/alone.csv"));
        var report = _agent.Report(_job, JobTrigger.ReportSucceeded) with { ManifestDigest = Manifests.DigestOf([]) };

        Assert.IsType<ReportOutcome.Invalid>(await _agent.SendAsync(report));
        Assert.Equal(JobState.Pending, (await StateAsync()).State);
    }

    [Fact]
    public async Task A_manifest_committed_by_a_lost_attempt_is_no_manifest_of_the_next()
    {
        var committed = Assert.IsType<CommitOutcome.Committed>(await _agent.CommitAsync(_job, await _agent.UploadAsync(_job, "output/alone.csv")));
        await _agent.LoseAsync(_job);
        var next = await _agent.ClaimOneAsync();

        Assert.IsType<ReportOutcome.Invalid>(
            await _agent.SendAsync(_agent.Report(next, JobTrigger.ReportSucceeded) with { ManifestDigest = committed.ManifestDigest }));
    }

    [Theory]
    [InlineData(JobStatusCode.Succeeded)]
    [InlineData(JobStatusCode.Executing)]
    [InlineData(JobStatusCode.Created)]
    [InlineData(JobStatusCode.DependencyFailed)]
    public async Task A_failure_must_name_a_reason_that_an_agent_can_have(JobStatusCode code)
    {
        Assert.IsType<ReportOutcome.Invalid>(await _agent.SendAsync(_agent.Report(_job, JobTrigger.ReportFailed) with { FailureCode = code }));
        Assert.Equal((JobState.Pending, JobStatusCode.WaitingOnAgent), await StateAsync());
    }

    [Theory]
    [InlineData(JobTrigger.Lease)]
    [InlineData(JobTrigger.ReturnLease)]
    [InlineData(JobTrigger.GiveUp)]
    [InlineData(JobTrigger.RequestCancel)]
    [InlineData(JobTrigger.FailDependency)]
    public async Task Only_what_an_agent_can_see_may_be_reported(JobTrigger trigger)
    {
        Assert.IsType<ReportOutcome.Invalid>(await _agent.SendAsync(_agent.Report(_job, trigger)));
        Assert.Equal((JobState.Pending, JobStatusCode.WaitingOnAgent), await StateAsync());
    }

    [Fact]
    public async Task A_batch_applies_what_it_can_and_answers_in_order()
    {
        await Site.SubmitAsync(_study, ProjectYaml.Wide(1), "run_all");
        var other = await _agent.ClaimOneAsync();
        var executing = _agent.Report(_job, JobTrigger.ReportExecuting);
        var result = await _agent.SendAsync([
            executing,
            _agent.Report(_job with { Fence = 9 }, JobTrigger.ReportExecuting),
            executing,
            _agent.Report(_job, JobTrigger.ReportFailed),
            _agent.Report(other, JobTrigger.ReportSucceeded),
            _agent.Report(other, JobTrigger.ReportExecuting),
            executing with { SessionEpoch = 99 },
        ]);

        Assert.Collection(
            result.Outcomes,
            outcome => Assert.Equal(new ReportOutcome.Applied(1), outcome),
            outcome => Assert.Equal(new ReportOutcome.Fenced(1), outcome),
            outcome => Assert.Equal(new ReportOutcome.Applied(1), outcome),
            outcome => Assert.Equal(new ReportOutcome.Applied(2), outcome),
            outcome => Assert.IsType<ReportOutcome.Invalid>(outcome),
            outcome => Assert.Equal(new ReportOutcome.Gap(1), outcome),
            outcome => Assert.IsType<ReportOutcome.StaleSession>(outcome));
        Assert.True(result.AnyEnded);
        Assert.Equal((JobState.Failed, JobStatusCode.NonzeroExit), await StateAsync());
    }

    [Fact]
    public async Task An_agents_clock_moves_no_time_before_the_lease_or_into_the_future()
    {
        var leased = Site.Now;
        await _agent.SendAsync(_agent.Report(_job, JobTrigger.ReportExecuting) with { At = leased.AddYears(-10) });
        Site.Clock.Advance(TimeSpan.FromMinutes(5));
        await _agent.SendAsync(_agent.Report(_job, JobTrigger.ReportFailed) with { At = leased.AddYears(10) });

        var job = await Site.JobAsync(_job.JobId);
        Assert.Equal((leased, leased.AddMinutes(5)), (job.StartedAt, job.CompletedAt));
        Assert.Equal(TimeSpan.FromMinutes(5), (await Site.RequestAsync(_job.RequestNumber)).Runtime);
    }

    [Fact]
    public async Task An_end_before_the_start_gives_no_negative_duration()
    {
        var leased = Site.Now;
        Site.Clock.Advance(TimeSpan.FromMinutes(5));
        await _agent.SendAsync(_agent.Report(_job, JobTrigger.ReportExecuting) with { At = leased.AddMinutes(4) });
        await _agent.SendAsync(_agent.Report(_job, JobTrigger.ReportFailed) with { At = leased.AddMinutes(1) });

        Assert.Equal(TimeSpan.Zero, (await Site.JobAsync(_job.JobId)).Duration);
        Assert.Equal(TimeSpan.Zero, (await Site.RequestAsync(_job.RequestNumber)).Runtime);
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_cut()
    {
        await _agent.SendAsync(_agent.Report(_job, JobTrigger.ReportFailed) with { Message = new string('x', 5000) });

        var message = (await Site.JobAsync(_job.JobId)).StatusMessage;
        Assert.Equal(Job.StatusMessageMaxLength, message.Length);
        Assert.EndsWith("…", message, StringComparison.Ordinal);
    }

    private async Task<(JobState State, JobStatusCode Code)> StateAsync()
    {
        var job = await Site.JobAsync(_job.JobId);
        return (job.State, job.StatusCode);
    }
}
