using JobServer.Data.Audit;
using JobServer.Data.Jobs;
using JobServer.Data.Writing;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

public sealed class ReportBatchTests : SiteTest
{
    private const int Many = 128;

    private TestStudy _study = null!;
    private TestAgent _agent = null!;
    private IReadOnlyList<ClaimedJob> _jobs = [];
    private int _request;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
        _agent = await Site.OpenSessionAsync(_study.Backend, standardSlots: Many);
        _request = await Site.SubmitAsync(_study, ProjectYaml.Wide(Many), "run_all");
        _jobs = await _agent.ClaimAsync(standard: Many);
    }

    [Fact]
    public async Task All_reports_of_a_job_in_one_batch_are_applied_in_their_order()
    {
        var job = _jobs[0];
        var digest = Assert.IsType<CommitOutcome.Committed>(await _agent.CommitAsync(job)).ManifestDigest;

        var result = await _agent.SendAsync([
            _agent.Report(job, JobTrigger.ReportPreparing),
            _agent.Report(job, JobTrigger.ReportExecuting),
            _agent.Report(job, JobTrigger.ReportFinalizing),
            _agent.Report(job, JobTrigger.ReportSucceeded) with { ManifestDigest = digest },
        ]);

        Assert.Equal([1L, 2L, 3L, 4L], result.Outcomes.Select(outcome => Assert.IsType<ReportOutcome.Applied>(outcome).Sequence));
        var row = await Site.JobAsync(job.JobId);
        Assert.Equal((JobState.Succeeded, 4L), (row.State, row.AppliedSequence));
        Assert.Equal(
            [JobStatusCode.Created, JobStatusCode.WaitingOnAgent, JobStatusCode.Preparing, JobStatusCode.Executing, JobStatusCode.Finalizing, JobStatusCode.Succeeded],
            (await Site.EventsAsync(job.JobId)).Select(line => line.StatusCode));
        var request = await Site.RequestAsync(_request);
        Assert.Equal((Many - 1, 0, 1), (request.PendingJobs, request.RunningJobs, request.SucceededJobs));
    }

    [Fact]
    public async Task What_follows_a_lost_attempt_in_the_same_batch_is_fenced()
    {
        var job = _jobs[0];

        var result = await _agent.SendAsync([_agent.Report(job, JobTrigger.LoseAttempt), _agent.Report(job, JobTrigger.ReportExecuting)]);

        Assert.Equal([new ReportOutcome.Applied(1), new ReportOutcome.Fenced(job.Fence)], result.Outcomes);
        var row = await Site.JobAsync(job.JobId);
        Assert.Equal((JobState.Pending, JobStatusCode.WaitingOnNewAttempt, 1), (row.State, row.StatusCode, row.LostAttempts));
        Assert.Null(row.AgentId);
    }

    [Fact]
    public async Task One_poison_report_among_128_hurts_no_other()
    {
        var reports = _jobs.Select((job, index) => _agent.Report(job, index == 57 ? JobTrigger.ReportSucceeded : JobTrigger.ReportExecuting)).ToArray();

        var result = await _agent.SendAsync(reports);

        Assert.IsType<ReportOutcome.Invalid>(result.Outcomes[57]);
        Assert.Equal(Many - 1, result.Outcomes.OfType<ReportOutcome.Applied>().Count());
        var request = await Site.RequestAsync(_request);
        Assert.Equal((1, Many - 1), (request.PendingJobs, request.RunningJobs));
    }

    [Fact]
    public async Task A_stale_fence_and_an_older_session_among_good_reports_change_nothing()
    {
        var result = await _agent.SendAsync([
            _agent.Report(_jobs[0], JobTrigger.ReportExecuting),
            _agent.Report(_jobs[1] with { Fence = 7 }, JobTrigger.ReportExecuting),
            _agent.Report(_jobs[2], JobTrigger.ReportExecuting) with { SessionEpoch = _agent.Epoch - 1 },
            _agent.Report(_jobs[3], JobTrigger.ReportExecuting),
        ]);

        Assert.Equal(
            [new ReportOutcome.Applied(1), new ReportOutcome.Fenced(_jobs[1].Fence), new ReportOutcome.StaleSession(), new ReportOutcome.Applied(1)], result.Outcomes);
        Assert.Equal(0, (await Site.JobAsync(_jobs[1].JobId)).AppliedSequence);
        Assert.Equal(0, (await Site.JobAsync(_jobs[2].JobId)).AppliedSequence);
    }

    [Fact]
    public async Task A_message_of_any_characters_arrives_as_it_was_said()
    {
        const string Message = "He said \"no\"; it's 100 % – \\ ' \u2028 🙂 </script>\n\tend";

        await _agent.SendAsync(_agent.Report(_jobs[0], JobTrigger.ReportFailed) with { Message = Message });

        Assert.Equal(Message, (await Site.JobAsync(_jobs[0].JobId)).StatusMessage);
        Assert.Equal(Message, (await Site.EventsAsync(_jobs[0].JobId))[^1].Message);
    }

    [Fact]
    public async Task A_message_that_is_no_valid_text_is_no_poison() =>
        Assert.IsType<ReportOutcome.Applied>(await _agent.SendAsync(_agent.Report(_jobs[0], JobTrigger.ReportFailed) with { Message = "half a \ud83d" }));

    [Theory]
    [InlineData("""UPDATE "Jobs" SET "Fence" = "Fence" + 1""")]
    [InlineData("""UPDATE "Jobs" SET "AppliedSequence" = 1""")]
    [InlineData("""UPDATE "Jobs" SET "AgentId" = 'agent-2'""")]
    [InlineData("""UPDATE "Jobs" SET "AgentId" = NULL""")]
    [InlineData("""UPDATE "Jobs" SET "State" = 'failed'""")]
    [InlineData("""UPDATE "Jobs" SET "CancelRequestedAt" = '2026-01-01 00:00:00', "Revision" = "Revision" + 1""")]
    [InlineData("""UPDATE "Agents" SET "SessionEpoch" = "SessionEpoch" + 1""")]
    public async Task What_changes_between_read_and_write_undoes_the_whole_batch(string meanwhile)
    {
        var before = await Site.JobAsync(_jobs[1].JobId);
        var writer = new DatabaseWriter(new MeddlingContexts(Site.Database, "\"Jobs\"", meanwhile), new OpenWriteGate());
        var reports = new JobReports(writer, Site.Get<AuditLog>(), Site.Get<IDatabaseClock>(), Site.Clock, Site.Get<Random>());

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => reports.ApplyAsync(
            [_agent.Report(_jobs[0], JobTrigger.ReportExecuting), _agent.Report(_jobs[1], JobTrigger.ReportExecuting)], None));

        Assert.Equivalent(before, await Site.JobAsync(_jobs[1].JobId), strict: true);
        Assert.Equal(2, (await Site.EventsAsync(_jobs[0].JobId)).Count);
        Assert.Equal(Many, (await Site.RequestAsync(_request)).PendingJobs);
    }
}
