using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

/// <summary>An attempt ends once. The same end again is acknowledged, another is refused and on record.</summary>
public sealed class SecondEndTests : SiteTest
{
    private TestAgent _agent = null!;
    private ClaimedJob _job = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var study = await Site.CreateStudyAsync();
        _agent = await Site.OpenSessionAsync(study.Backend);
        await Site.SubmitAsync(study, ProjectYaml.One, "alone");
        _job = await _agent.ClaimOneAsync();
    }

    [Fact]
    public async Task The_same_end_again_is_acknowledged()
    {
        var end = await SucceedAsync();

        Assert.Equal(new ReportOutcome.Applied(1), await _agent.SendAsync(end));
        Assert.Equal(new ReportOutcome.Applied(2), await _agent.SendAsync(end with { Sequence = 2 }));

        Assert.DoesNotContain(await Site.EventsAsync(_job.JobId), row => row.Kind == JobEventKind.Contradicted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Another_digest_is_refused_and_on_record(long sequence)
    {
        var end = await SucceedAsync();

        var outcome = await _agent.SendAsync(end with { Sequence = sequence, ManifestDigest = new string('a', 64) });

        Assert.Equal(new ReportOutcome.Contradicts(JobStatusCode.Succeeded, JobStatusCode.Succeeded), outcome);
        await HoldsAsync(JobStatusCode.Succeeded, end.ManifestDigest);
    }

    [Fact]
    public async Task A_failure_after_a_success_is_refused_and_on_record()
    {
        var end = await SucceedAsync();

        var outcome = await _agent.SendAsync(_agent.Report(_job, JobTrigger.ReportFailed));

        Assert.Equal(new ReportOutcome.Contradicts(JobStatusCode.Succeeded, JobStatusCode.NonzeroExit), outcome);
        await HoldsAsync(JobStatusCode.Succeeded, end.ManifestDigest);
    }

    [Fact]
    public async Task An_end_that_made_no_sense_and_was_applied_as_an_error_is_acknowledged_when_it_comes_again()
    {
        var senseless = _agent.Report(_job, JobTrigger.ReportSucceeded) with { ManifestDigest = new string('a', 64) };
        Assert.IsType<ReportOutcome.Invalid>(await _agent.SendAsync(senseless));
        await _agent.SendAsync(senseless with { Trigger = JobTrigger.ReportFailed, FailureCode = JobStatusCode.InternalError, ManifestDigest = null });

        Assert.Equal(new ReportOutcome.Applied(1), await _agent.SendAsync(senseless));
    }

    private async Task<JobReport> SucceedAsync()
    {
        var committed = Assert.IsType<CommitOutcome.Committed>(await _agent.CommitAsync(_job));
        var end = _agent.Report(_job, JobTrigger.ReportSucceeded) with { ManifestDigest = committed.ManifestDigest };
        Assert.IsType<ReportOutcome.Applied>(await _agent.SendAsync(end));
        return end;
    }

    private async Task HoldsAsync(JobStatusCode code, string? manifest)
    {
        var row = await Site.JobAsync(_job.JobId);
        Assert.Equal((code, manifest), (row.StatusCode, row.ManifestDigest));
        var alarm = Assert.Single(await Site.EventsAsync(_job.JobId), row => row.Kind == JobEventKind.Contradicted);
        Assert.Equal((_agent.Id, _job.Fence), (alarm.AgentId, alarm.Fence));
    }
}
