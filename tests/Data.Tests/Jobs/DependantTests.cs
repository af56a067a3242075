using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

public sealed class DependantTests : SiteTest
{
    private const string Diamond = """
        version: '3.0'
        actions:
          left:
            run: python:v2 python left.py
            outputs: { moderately_sensitive: { a: output/left.csv } }
          right:
            run: python:v2 python right.py
            outputs: { moderately_sensitive: { a: output/right.csv } }
          both:
            run: python:v2 python both.py
            needs: [left, right]
            outputs: { moderately_sensitive: { a: output/both.csv } }
        """;

    private TestStudy _study = null!;
    private TestAgent _agent = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
        _agent = await Site.OpenSessionAsync(_study.Backend);
    }

    [Fact]
    public async Task A_success_makes_only_the_next_job_ready()
    {
        var request = await Site.SubmitAsync(_study, ProjectYaml.Chain, "run_all");

        await _agent.SucceedAsync(await _agent.ClaimOneAsync());

        Assert.Equal(JobStatusCode.WaitingOnWorkers, (await Site.JobAsync(request, "second")).StatusCode);
        Assert.Equal(JobStatusCode.WaitingOnDependencies, (await Site.JobAsync(request, "third")).StatusCode);
    }

    [Fact]
    public async Task A_failure_ends_everything_that_depends_on_it_and_names_the_cause()
    {
        var request = await Site.SubmitAsync(_study, ProjectYaml.Chain, "run_all");

        await _agent.FailAsync(await _agent.ClaimOneAsync());

        var third = await Site.JobAsync(request, "third");
        Assert.Equal((JobState.Failed, JobStatusCode.DependencyFailed), (third.State, third.StatusCode));
        Assert.Equal("Not started because the action it needs, second, failed", third.StatusMessage);
        Assert.Equal(TimeSpan.Zero, third.Duration);
        Assert.Equal(JobRequestState.Failed, (await Site.RequestAsync(request)).State);
    }

    [Fact]
    public async Task A_failure_reaches_jobs_of_later_requests_that_wait_for_it()
    {
        await Site.SubmitAsync(_study, ProjectYaml.Chain, "first");
        var first = await _agent.ClaimOneAsync();
        var later = await Site.SubmitAsync(_study, ProjectYaml.Chain, "third");

        var result = await _agent.SendAsync([_agent.Report(first, JobTrigger.ReportFailed)]);

        Assert.Contains(later, result.ChangedRequests);
        var row = await Site.RequestAsync(later);
        Assert.Equal((JobRequestState.Failed, 2, Site.Now), (row.State, row.FailedJobs, row.EndedAt));
    }

    [Fact]
    public async Task A_job_that_needs_two_waits_for_both()
    {
        var request = await Site.SubmitAsync(_study, Diamond, "run_all");
        var claimed = await _agent.ClaimAsync();
        await _agent.SucceedAsync(claimed[0]);
        Assert.Equal(JobStatusCode.WaitingOnDependencies, (await Site.JobAsync(request, "both")).StatusCode);
        await _agent.SucceedAsync(claimed[1]);
        Assert.Equal(JobStatusCode.WaitingOnWorkers, (await Site.JobAsync(request, "both")).StatusCode);
    }

    [Fact]
    public async Task One_batch_in_which_one_need_succeeds_and_the_other_fails_ends_the_job()
    {
        var request = await Site.SubmitAsync(_study, Diamond, "run_all");
        var claimed = await _agent.ClaimAsync();
        var committed = Assert.IsType<CommitOutcome.Committed>(await _agent.CommitAsync(claimed[0]));

        await _agent.SendAsync([
            _agent.Report(claimed[0], JobTrigger.ReportSucceeded) with { ManifestDigest = committed.ManifestDigest },
            _agent.Report(claimed[1], JobTrigger.ReportFailed),
        ]);

        Assert.Equal(JobStatusCode.DependencyFailed, (await Site.JobAsync(request, "both")).StatusCode);
        var row = await Site.RequestAsync(request);
        Assert.Equal((0, 1, 2), (row.PendingJobs, row.SucceededJobs, row.FailedJobs));
    }
}
