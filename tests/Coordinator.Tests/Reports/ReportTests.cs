using JobServer.Contracts.V1;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data.Jobs;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Frame = JobServer.Contracts.V1.CoordinatorFrame.FrameOneofCase;

namespace JobServer.Coordinator.Tests.Reports;

public sealed class ReportTests : CoordinatorTest
{
    [Fact]
    public async Task What_is_acknowledged_is_in_the_database_already()
    {
        var (agent, attempt) = await RunningAsync();

        foreach (var (sequence, kind, code) in new[]
        {
            (1L, StatusKind.Preparing, JobStatusCode.Preparing),
            (2L, StatusKind.Executing, JobStatusCode.Executing),
            (3L, StatusKind.Finalizing, JobStatusCode.Finalizing),
        })
        {
            await agent.ReportAsync(attempt, sequence, kind);
            Assert.Equal(sequence, (await agent.ReadAsync(Frame.StatusAck)).StatusAck.AppliedSequence);

            var job = await Site.JobAsync(attempt.JobId);
            Assert.Equal((code, sequence), (job.StatusCode, job.AppliedSequence));
        }
    }

    [Fact]
    public async Task A_report_sent_twice_is_applied_once_and_acknowledged_twice()
    {
        var (agent, attempt) = await RunningAsync();

        for (var i = 0; i < 2; i++)
        {
            await agent.ReportAsync(attempt, 1, StatusKind.Executing);
            Assert.Equal(1, (await agent.ReadAsync(Frame.StatusAck)).StatusAck.AppliedSequence);
        }

        Assert.Single(await Site.EventsAsync(attempt.JobId), jobEvent => jobEvent.Kind == JobEventKind.Reported);
    }

    [Fact]
    public async Task A_gap_is_answered_with_the_expected_sequence()
    {
        var (agent, attempt) = await RunningAsync();

        await agent.ReportAsync(attempt, 3, StatusKind.Executing);

        Assert.Equal(1, (await agent.ReadAsync(Frame.StatusNack)).StatusNack.ExpectedSequence);
        Assert.Equal(JobState.Pending, (await Site.JobAsync(attempt.JobId)).State);
    }

    [Fact]
    public async Task A_report_under_an_old_fence_is_fenced()
    {
        var (agent, attempt) = await RunningAsync();

        await agent.ReportAsync(new Attempt { JobId = attempt.JobId, Fence = attempt.Fence + 1 }, 1, StatusKind.Succeeded);

        Assert.Equal(attempt.Fence, (await agent.ReadAsync(Frame.Fenced)).Fenced.CurrentFence);
        Assert.Equal(JobState.Pending, (await Site.JobAsync(attempt.JobId)).State);
    }

    [Fact]
    public async Task A_report_on_another_agents_job_is_fenced()
    {
        var (_, attempt) = await RunningAsync();
        var other = NewAgent(id: "agent-000002");
        await other.WelcomedAsync();

        await other.ReportAsync(attempt, 1, StatusKind.Failed);

        await other.ReadAsync(Frame.Fenced);
        Assert.Equal(JobState.Pending, (await Site.JobAsync(attempt.JobId)).State);
    }

    [Theory]
    [InlineData("id", 1, StatusKind.Executing, "")]
    [InlineData("0123456789abcdef", 0, StatusKind.Executing, "")]
    [InlineData("0123456789abcdef", 1, StatusKind.Unspecified, "")]
    [InlineData("0123456789abcdef", 1, StatusKind.Succeeded, "no digest")]
    public async Task A_malformed_report_ends_the_session(string jobId, long sequence, StatusKind kind, string digest)
    {
        var agent = await ConnectAsync();

        await agent.ReportAsync(new Attempt { JobId = jobId, Fence = 1 }, sequence, kind, status => status.ManifestDigest = digest);

        Assert.Equal(GoAwayReason.ProtocolError, (await agent.GoneAsync()).Reason);
    }

    [Theory]
    [InlineData(StatusKind.Succeeded, FailureReason.Unspecified, "")]
    [InlineData(StatusKind.Succeeded, FailureReason.Unspecified, "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(StatusKind.Failed, FailureReason.InternalError, "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(StatusKind.Failed, FailureReason.Cancelled, "")]
    public async Task A_report_that_makes_no_sense_ends_the_job_instead_of_coming_for_ever(StatusKind kind, FailureReason reason, string digest)
    {
        var (agent, attempt) = await RunningAsync();

        await agent.ReportAsync(attempt, 1, kind, status => (status.Reason, status.ManifestDigest) = (reason, digest));

        Assert.Equal(1, (await agent.ReadAsync(Frame.StatusAck)).StatusAck.AppliedSequence);
        Assert.Equal(JobStatusCode.InternalError, (await Site.JobAsync(attempt.JobId)).StatusCode);
    }

    [Fact]
    public async Task Reports_of_many_jobs_are_all_acknowledged()
    {
        const int Count = 20;
        await Site.SubmitAsync(Study, ProjectYaml.Wide(Count), "run_all");
        var agent = NewAgent();
        await agent.WelcomedAsync(hello => hello.Slots.Add(ScriptedAgent.Credits(Count).Free));
        await agent.CreditAsync(Count);
        for (var i = 0; i < Count; i++)
        {
            var attempt = (await agent.ReadAsync(Frame.Assign)).Assign.Attempt;
            await agent.AnswerAsync(attempt);
            await agent.ReportAsync(attempt, 1, StatusKind.Executing);
            await agent.ReportAsync(attempt, 2, StatusKind.Failed, status => status.Reason = FailureReason.NonzeroExit);
        }

        var done = new HashSet<string>();
        while (done.Count < Count)
        {
            var ack = (await agent.ReadAsync(Frame.StatusAck)).StatusAck;
            if (ack.AppliedSequence == 2)
            {
                done.Add(ack.Attempt.JobId);
            }
        }

        Assert.Equal(Count, await Site.Database.ReadAsync(db => db.Jobs.CountAsync(job => job.State == JobState.Failed)));
    }

    [Fact]
    public async Task A_report_whose_session_has_ended_hurts_nobody_else()
    {
        var (gone, attempt) = await RunningAsync();
        var other = NewAgent(id: "agent-000002");
        await other.WelcomedAsync();
        await gone.ReportAsync(attempt, 1, StatusKind.Executing);
        await gone.ByeAsync();
        gone.Dispose();
        await JobBecomesAsync(attempt.JobId, job => job.AppliedSequence == 1);

        await other.ReportAsync(attempt, 1, StatusKind.Executing);

        Assert.Equal(attempt.Fence, (await other.ReadAsync(Frame.Fenced)).Fenced.CurrentFence);
    }

    [Fact]
    public async Task An_interrupted_attempt_is_queued_again_and_offered_after_a_moment()
    {
        var (agent, attempt) = await RunningAsync();
        await agent.CreditAsync(1);

        await agent.ReportAsync(attempt, 1, StatusKind.Interrupted);
        await agent.ReadAsync(Frame.StatusAck);
        Site.Clock.Advance(QueueBackOff.First);

        // The look of that moment may have been under way before it: time goes on until the next.
        var offered = await MeanwhileAsync(TimeSpan.FromMilliseconds(250), agent.ReadAsync(Frame.Assign));
        Assert.Equal(attempt.Fence + 1, offered.Assign.Attempt.Fence);
    }

    [Fact]
    public async Task A_success_on_a_backend_without_review_makes_the_release()
    {
        await Site.Database.WriteAsync((db, token) => db.Backends.ExecuteUpdateAsync(
            set => set.SetProperty(backend => backend.ReleasePolicy, ReleasePolicy.Automatic), token));
        var (agent, attempt) = await RunningAsync();
        const string Text = "a,b\n1,2\n";
        var begun = await Coordinator.BeginAsync(Token, agent.Begin(attempt, "output/alone.csv", Text));
        await Coordinator.UploadAsync(Token, agent, attempt, begun.UploadId, 0, System.Text.Encoding.UTF8.GetBytes(Text));

        await SucceedAsync(agent, attempt, Transferring.File("output/alone.csv", Text));

        Assert.Equal(JobStatusCode.Succeeded, (await Site.JobAsync(attempt.JobId)).StatusCode);
        Assert.Equal(
            ["output/alone.csv"],
            await Site.Database.ReadAsync(db => db.ReleaseFiles.Select(file => file.Path).ToListAsync()));
    }
}
