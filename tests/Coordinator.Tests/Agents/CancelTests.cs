using JobServer.Contracts.V1;
using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Frame = JobServer.Contracts.V1.CoordinatorFrame.FrameOneofCase;

namespace JobServer.Coordinator.Tests.Agents;

public sealed class CancelTests : CoordinatorTest
{
    [Fact]
    public async Task A_cancel_reaches_the_agent_within_a_quarter_of_a_second_whoever_wrote_it()
    {
        var (agent, attempt) = await RunningAsync();
        await CancelAsync(attempt);
        var reading = agent.ReadAsync(Frame.Cancel);

        var took = await Site.Clock.AdvanceAsync(TimeSpan.FromMilliseconds(50), reading);

        var cancel = (await reading).Cancel;
        Assert.Equal((attempt, 30_000), (cancel.Attempt, cancel.GraceMs));
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_cancel_is_repeated_with_each_heartbeat_until_the_agent_confirms()
    {
        var (agent, attempt) = await RunningAsync();
        await CancelAsync(attempt);
        Assert.Equal(attempt, (await MeanwhileAsync(TimeSpan.FromMilliseconds(250), agent.ReadAsync(Frame.Cancel))).Cancel.Attempt);
        await agent.BeatAsync();
        Assert.Equal(attempt, (await agent.ReadAsync(Frame.Cancel)).Cancel.Attempt);

        await ConfirmAsync(agent, attempt, Contracts.V1.CancelOutcome.Stopping);
        await agent.BeatAsync(8);
        await agent.SendAsync(new AgentFrame { Heartbeat = new Heartbeat { SentAt = 9 } });

        for (var frame = await agent.ReadAsync(); frame?.FrameCase != Frame.HeartbeatAck; frame = await agent.ReadAsync())
        {
            Assert.NotEqual(Frame.Cancel, frame?.FrameCase);
        }
    }

    [Fact]
    public async Task A_cancel_that_was_not_confirmed_is_repeated_after_a_reconnect()
    {
        var (_, attempt) = await RunningAsync();
        await CancelAsync(attempt);

        var back = await ConnectAsync(new InventoryItem { Attempt = attempt, State = AttemptState.Running, Process = ProcessState.Alive });

        Assert.Equal(attempt, (await MeanwhileAsync(TimeSpan.FromMilliseconds(250), back.ReadAsync(Frame.Cancel))).Cancel.Attempt);
    }

    [Fact]
    public async Task A_cancelled_job_ends_when_the_agent_reports_it()
    {
        var (agent, attempt) = await RunningAsync();
        await CancelAsync(attempt);

        await agent.ReportAsync(attempt, 1, StatusKind.Failed, status => status.Reason = FailureReason.Cancelled);
        await agent.ReadAsync(Frame.StatusAck);

        Assert.Equal(JobStatusCode.CancelledByUser, (await Site.JobAsync(attempt.JobId)).StatusCode);
    }

    [Fact]
    public async Task A_cancelled_job_that_the_agent_does_not_know_ends_at_once()
    {
        var (agent, attempt) = await RunningAsync();
        await CancelAsync(attempt);
        await MeanwhileAsync(TimeSpan.FromMilliseconds(250), agent.ReadAsync(Frame.Cancel));

        await ConfirmAsync(agent, attempt, Contracts.V1.CancelOutcome.UnknownAttempt);

        var job = await JobBecomesAsync(attempt.JobId, job => job.State == JobState.Failed);
        Assert.Equal(JobStatusCode.CancelledByUser, job.StatusCode);
    }

    [Fact]
    public async Task An_answer_to_a_cancel_that_nobody_sent_changes_nothing()
    {
        var (agent, attempt) = await RunningAsync();

        await ConfirmAsync(agent, attempt, Contracts.V1.CancelOutcome.UnknownAttempt);
        await agent.BeatAsync();

        var job = await Site.JobAsync(attempt.JobId);
        Assert.Equal((agent.Id, 0), (job.AgentId, job.LostAttempts));
    }

    [Fact]
    public async Task A_job_cancelled_before_it_was_accepted_is_not_assigned_again()
    {
        var job = await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        var attempt = (await agent.ReadAsync(Frame.Assign)).Assign.Attempt;
        await CancelAsync(attempt);

        await ConnectAsync();

        Assert.Equal(JobStatusCode.CancelledByUser, (await JobBecomesAsync(job.Id, row => row.State == JobState.Failed)).StatusCode);
    }

    [Fact]
    public async Task An_agent_that_answers_after_its_assignment_was_cancelled_is_told_to_stop()
    {
        await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        var attempt = (await agent.ReadAsync(Frame.Assign)).Assign.Attempt;
        await CancelAsync(attempt);
        Assert.Equal(JobStatusCode.CancelledByUser, (await Site.JobAsync(attempt.JobId)).StatusCode);

        await agent.AnswerAsync(attempt);
        Assert.Equal(attempt, (await agent.ReadAsync(Frame.Fenced)).Fenced.Attempt);
        await agent.ReportAsync(attempt, 1, StatusKind.Executing);
        Assert.Equal(attempt, (await agent.ReadAsync(Frame.Fenced)).Fenced.Attempt);

        Assert.Equal(JobStatusCode.CancelledByUser, (await Site.JobAsync(attempt.JobId)).StatusCode);
    }

    [Fact]
    public async Task An_assignment_that_was_cancelled_before_it_was_answered_is_not_sent_again()
    {
        await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        var attempt = (await agent.ReadAsync(Frame.Assign)).Assign.Attempt;
        await CancelAsync(attempt);
        var session = Coordinator.Get<AgentDirectory>().Find(agent.Id)!;

        // It is looked at after ten seconds, and then no answer is awaited any more.
        await Site.Clock.AdvanceAsync(
            TimeSpan.FromSeconds(1), Eventually.HoldsAsync(() => Task.FromResult(session.Unanswered().Count == 0), "the end of the wait for an answer"));
        await agent.BeatAsync();

        Assert.Equal(attempt.Fence, (await Site.JobAsync(attempt.JobId)).Fence);
        await agent.ByeAsync();
        while (await agent.ReadAsync() is { } frame)
        {
            Assert.NotEqual(Frame.Assign, frame.FrameCase);
        }
    }

    private static Task ConfirmAsync(ScriptedAgent agent, Attempt attempt, Contracts.V1.CancelOutcome outcome) =>
        agent.SendAsync(new AgentFrame { CancelReply = new CancelReply { Attempt = attempt, Outcome = outcome } });

    private async Task CancelAsync(Attempt attempt)
    {
        var job = await Site.JobAsync(attempt.JobId);
        await Site.Get<JobCancellations>().CancelJobAsync(job.JobRequestId, job.Id, Study.Developer.Id, None);
    }
}
