using JobServer.Data.Agents;
using JobServer.Data.Jobs;
using JobServer.Domain.Audit;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

public sealed class CancelTests : SiteTest
{
    private TestStudy _study = null!;
    private TestAgent _agent = null!;
    private int _request;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
        _agent = await Site.OpenSessionAsync(_study.Backend);
        _request = await Site.SubmitAsync(_study, ProjectYaml.Chain, "run_all");
    }

    [Fact]
    public async Task Queued_jobs_end_at_once()
    {
        Assert.Equal(new CancelOutcome { Ended = 3, Stopping = 0 }, await CancelAsync());

        var job = await Site.JobAsync(_request, "first");
        Assert.Equal((JobState.Failed, JobStatusCode.CancelledByUser), (job.State, job.StatusCode));
        Assert.Equal((_study.Developer.Id, Site.Now), (job.CancelRequestedById, job.CancelRequestedAt));
        Assert.Empty(await _agent.ClaimAsync());
    }

    [Fact]
    public async Task A_running_job_stops_when_its_agent_confirms()
    {
        var job = await _agent.ClaimOneAsync();
        await _agent.StartAsync(job);
        var before = (await DesiredAsync()).Revision;

        Assert.Equal(new CancelOutcome { Ended = 2, Stopping = 1 }, await CancelAsync());

        Assert.Equal((JobState.Running, JobStatusCode.Cancelling), await StateAsync("first"));
        var desired = await DesiredAsync();
        Assert.Equal(job.JobId, Assert.Single(desired.Cancels).JobId);
        Assert.Equal(before + 1, desired.Revision);
        Assert.IsType<ReportOutcome.Applied>(
            await _agent.SendAsync(_agent.Report(job, JobTrigger.ReportFailed) with { FailureCode = JobStatusCode.CancelledByUser }));
        Assert.Empty((await DesiredAsync()).Cancels);
        Assert.Equal(JobRequestState.Cancelled, (await Site.RequestAsync(_request)).State);
    }

    [Fact]
    public async Task A_job_that_its_agent_accepted_is_stopped_by_the_agent()
    {
        var job = await _agent.ClaimOneAsync();
        await _agent.AcceptAsync(job);

        Assert.Equal(new CancelOutcome { Ended = 2, Stopping = 1 }, await CancelAsync());

        Assert.Single((await DesiredAsync()).Cancels);
        Assert.Equal(LeaseChange.Ended, await _agent.LoseAsync(job));
        Assert.Equal((JobState.Failed, JobStatusCode.CancelledByUser), await StateAsync("first"));
    }

    [Fact]
    public async Task A_leased_job_that_no_agent_accepted_ends_at_once_and_the_late_agent_is_fenced()
    {
        var job = await _agent.ClaimOneAsync();

        Assert.Equal(new CancelOutcome { Ended = 3, Stopping = 0 }, await CancelAsync());

        Assert.Equal((JobState.Failed, JobStatusCode.CancelledByUser), await StateAsync("first"));
        Assert.Null((await Site.JobAsync(job.JobId)).StartedAt);
        Assert.Empty((await DesiredAsync()).Cancels);
        Assert.Empty(await Site.Get<JobClaims>().UnacceptedAsync(_agent.Id, None));
        Assert.False(await _agent.AcceptAsync(job));
        Assert.IsType<ReportOutcome.Fenced>(await _agent.SendAsync(_agent.Report(job, JobTrigger.ReportExecuting)));
        Assert.IsType<CommitOutcome.NotHeld>(await _agent.CommitAsync(job));
        Assert.IsType<ReportOutcome.Fenced>(
            await _agent.SendAsync(_agent.Report(job, JobTrigger.ReportFailed) with { Sequence = 1, FailureCode = JobStatusCode.CancelledByUser }));
        Assert.Equal((JobState.Failed, JobStatusCode.CancelledByUser), await StateAsync("first"));
    }

    [Fact]
    public async Task A_job_whose_acceptance_was_lost_but_which_was_reported_on_is_stopped_by_the_agent()
    {
        var job = await _agent.ClaimOneAsync();
        await _agent.StartAsync(job);

        Assert.Equal(1, (await CancelAsync()).Stopping);
    }

    [Fact]
    public async Task A_stage_reported_after_the_cancel_does_not_hide_it()
    {
        var job = await _agent.ClaimOneAsync();
        await _agent.AcceptAsync(job);
        await CancelAsync();

        await _agent.StartAsync(job);
        await _agent.ReportAsync(job, JobTrigger.ReportFinalizing);

        Assert.Equal((JobState.Running, JobStatusCode.Cancelling), await StateAsync("first"));
    }

    [Fact]
    public async Task A_cancel_of_one_job_ends_what_depends_on_it()
    {
        var second = await Site.JobAsync(_request, "second");

        Assert.Equal(1, (await Site.Get<JobCancellations>().CancelJobAsync(_request, second.Id, _study.Developer.Id, None)).Ended);

        Assert.Equal((JobState.Pending, JobStatusCode.Created), await StateAsync("first"));
        var third = await Site.JobAsync(_request, "third");
        Assert.Equal(JobStatusCode.DependencyFailed, third.StatusCode);
        Assert.Equal("Not started because the action it needs, second, was cancelled", third.StatusMessage);
        await _agent.SucceedAsync(await _agent.ClaimOneAsync());
        Assert.Equal(JobRequestState.Cancelled, (await Site.RequestAsync(_request)).State);
    }

    [Fact]
    public async Task What_ended_is_left_as_it_was()
    {
        await _agent.SucceedAsync(await _agent.ClaimOneAsync());
        var before = await Site.JobAsync(_request, "first");
        Site.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(2, (await CancelAsync()).Ended);

        Assert.Equivalent(before, await Site.JobAsync(_request, "first"), strict: true);
    }

    [Fact]
    public async Task A_second_cancel_changes_nothing_and_is_no_act()
    {
        await _agent.StartAsync(await _agent.ClaimOneAsync());
        await CancelAsync();
        var revision = (await DesiredAsync()).Revision;

        Assert.False((await CancelAsync()).AnyChange);

        Assert.Equal(revision, (await DesiredAsync()).Revision);
        Assert.Equal(1, await Site.Database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Act == AuditAct.JobsCancelled)));
    }

    [Fact]
    public async Task A_job_of_another_request_is_not_cancelled()
    {
        var job = await Site.JobAsync(_request, "first");

        Assert.False((await Site.Get<JobCancellations>().CancelJobAsync(_request + 1, job.Id, _study.Developer.Id, None)).AnyChange);
        Assert.Null((await Site.JobAsync(job.Id)).CancelRequestedAt);
    }

    [Fact]
    public async Task Nobody_can_report_a_cancel_that_nobody_asked_for()
    {
        var job = await _agent.ClaimOneAsync();
        await _agent.StartAsync(job);

        Assert.IsType<ReportOutcome.Invalid>(
            await _agent.SendAsync(_agent.Report(job, JobTrigger.ReportFailed) with { FailureCode = JobStatusCode.CancelledByUser }));
        Assert.Equal((JobState.Running, JobStatusCode.Executing), await StateAsync("first"));
    }

    private Task<CancelOutcome> CancelAsync() => Site.Get<JobCancellations>().CancelRequestAsync(_request, _study.Developer.Id, None);

    private Task<DesiredAgentState> DesiredAsync() => Site.Get<AgentSessions>().DesiredAsync(_agent.Id, None);

    private async Task<(JobState State, JobStatusCode Code)> StateAsync(string action)
    {
        var job = await Site.JobAsync(_request, action);
        return (job.State, job.StatusCode);
    }
}
