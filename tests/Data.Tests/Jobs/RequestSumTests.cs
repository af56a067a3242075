using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

public sealed class RequestSumTests : SiteTest
{
    private TestStudy _study = null!;
    private TestAgent _agent = null!;
    private int _request;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
        _agent = await Site.OpenSessionAsync(_study.Backend);
        _request = await Site.SubmitAsync(_study, ProjectYaml.Wide(3), "run_all");
    }

    [Fact]
    public async Task The_runtime_is_the_sum_of_the_jobs_and_the_times_span_them()
    {
        var jobs = await _agent.ClaimAsync();
        await _agent.StartAsync(jobs[0]);
        await _agent.StartAsync(jobs[1]);
        Site.Clock.Advance(TimeSpan.FromMinutes(10));
        await _agent.SucceedAsync(jobs[0]);
        Assert.Equal(TimeSpan.FromMinutes(10), (await Site.RequestAsync(_request)).Runtime);
        Assert.Null((await Site.RequestAsync(_request)).EndedAt);
        Site.Clock.Advance(TimeSpan.FromMinutes(10));
        await _agent.StartAsync(jobs[2]);
        await _agent.SucceedAsync(jobs[1]);
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await _agent.SucceedAsync(jobs[2]);

        var row = await Site.RequestAsync(_request);
        Assert.Equal(JobRequestState.Succeeded, row.State);
        Assert.Equal(TimeSpan.FromMinutes(31), row.Runtime);
        Assert.Equal((TestDatabase.Start, TestDatabase.Start.AddMinutes(21)), (row.FirstStartedAt, row.EndedAt));
    }

    [Fact]
    public async Task The_counts_follow_every_move()
    {
        await AssertCountsAsync(JobRequestState.Pending, pending: 3);
        var jobs = await _agent.ClaimAsync();
        await AssertCountsAsync(JobRequestState.Pending, pending: 3);
        await _agent.StartAsync(jobs[0]);
        await AssertCountsAsync(JobRequestState.Running, pending: 2, running: 1);
        await _agent.ReportAsync(jobs[0], JobTrigger.ReportFinalizing);
        await AssertCountsAsync(JobRequestState.Running, pending: 2, running: 1);
        await _agent.LoseAsync(jobs[0]);
        await AssertCountsAsync(JobRequestState.Pending, pending: 3);
        await _agent.FailAsync(jobs[1]);
        await AssertCountsAsync(JobRequestState.Running, pending: 2, failed: 1);
        await _agent.SucceedAsync(jobs[2]);
        await AssertCountsAsync(JobRequestState.Running, pending: 1, succeeded: 1, failed: 1);
        Site.Clock.Advance(QueueBackOff.Cap);
        await _agent.SucceedAsync(await _agent.ClaimOneAsync());
        await AssertCountsAsync(JobRequestState.Failed, succeeded: 2, failed: 1);
    }

    [Fact]
    public async Task A_request_whose_unfinished_jobs_were_all_cancelled_reads_cancelled()
    {
        await Site.Get<JobCancellations>().CancelRequestAsync(_request, _study.Developer.Id, None);

        var row = await Site.RequestAsync(_request);
        Assert.Equal((JobRequestState.Cancelled, 3, 3), (row.State, row.FailedJobs, row.CancelledJobs));
        Assert.Equal(Site.Now, row.EndedAt);
    }

    [Fact]
    public async Task A_success_before_the_cancel_does_not_hide_it()
    {
        await _agent.SucceedAsync((await _agent.ClaimAsync(standard: 1))[0]);
        await Site.Get<JobCancellations>().CancelRequestAsync(_request, _study.Developer.Id, None);

        Assert.Equal(JobRequestState.Cancelled, (await Site.RequestAsync(_request)).State);
    }

    [Fact]
    public async Task A_failure_before_the_cancel_reads_failed()
    {
        await _agent.FailAsync((await _agent.ClaimAsync(standard: 1))[0]);
        await Site.Get<JobCancellations>().CancelRequestAsync(_request, _study.Developer.Id, None);

        Assert.Equal(JobRequestState.Failed, (await Site.RequestAsync(_request)).State);
    }

    private async Task AssertCountsAsync(JobRequestState state, int pending = 0, int running = 0, int succeeded = 0, int failed = 0)
    {
        var row = await Site.RequestAsync(_request);
        Assert.Equal((state, pending, running, succeeded, failed), (row.State, row.PendingJobs, row.RunningJobs, row.SucceededJobs, row.FailedJobs));
    }
}
