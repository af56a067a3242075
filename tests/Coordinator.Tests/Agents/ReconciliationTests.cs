using JobServer.Contracts.V1;
using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Dispatch;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Frame = JobServer.Contracts.V1.CoordinatorFrame.FrameOneofCase;

namespace JobServer.Coordinator.Tests.Agents;

/// <summary>What becomes of a job when its agent connects again.</summary>
public sealed class ReconciliationTests : CoordinatorTest
{
    [Fact]
    public async Task A_job_that_still_runs_goes_on_under_its_fence()
    {
        var (_, attempt) = await RunningAsync();

        var verdict = await ReturnWithAsync(Item(attempt));

        Assert.Equal(VerdictKind.Keep, verdict.Kind);
        Assert.Equal(attempt.Fence, (await Site.JobAsync(attempt.JobId)).Fence);
    }

    [Fact]
    public async Task A_lapsed_job_that_nobody_took_is_adopted_again_without_losing_work()
    {
        var (agent, attempt) = await RunningAsync();
        await LapseAsync(agent, attempt);

        var verdict = await ReturnWithAsync(Item(attempt));

        Assert.Equal(VerdictKind.Readopt, verdict.Kind);
        var job = await Site.JobAsync(attempt.JobId);
        Assert.Equal((attempt.Fence, agent.Id), (job.Fence, job.AgentId));
    }

    [Fact]
    public async Task A_job_that_another_agent_took_meanwhile_stops()
    {
        var (agent, attempt) = await RunningAsync();
        await LapseAsync(agent, attempt);
        Site.Clock.Advance(QueueBackOff.First);
        var other = NewAgent(id: "agent-000002");
        await other.WelcomedAsync();
        Assert.Equal(attempt.Fence + 1, (await other.TakeJobAsync()).Fence);

        var verdict = await ReturnWithAsync(Item(attempt));

        Assert.Equal(VerdictKind.Stop, verdict.Kind);
        Assert.Equal(attempt.Fence + 1, verdict.CurrentFence);
    }

    [Fact]
    public async Task A_result_that_was_never_acknowledged_is_asked_for_and_applied()
    {
        var (agent, attempt) = await RunningAsync();
        await agent.ReportAsync(attempt, 1, StatusKind.Executing);
        await agent.ReadAsync(Frame.StatusAck);
        var back = NewAgent();

        var welcome = await back.WelcomedAsync(Item(attempt, AttemptState.Reported, ProcessState.Ended, acked: 1));

        var verdict = Assert.Single(welcome.Verdicts);
        Assert.Equal((VerdictKind.Send, 1), (verdict.Kind, verdict.AppliedSequence));
        await back.ReportAsync(attempt, 2, StatusKind.Failed, status => status.Reason = FailureReason.NonzeroExit);
        Assert.Equal(2, (await back.ReadAsync(Frame.StatusAck)).StatusAck.AppliedSequence);
        Assert.Equal(JobStatusCode.NonzeroExit, (await Site.JobAsync(attempt.JobId)).StatusCode);
    }

    [Fact]
    public async Task A_result_that_was_applied_is_forgotten()
    {
        var (agent, attempt) = await RunningAsync();
        await agent.ReportAsync(attempt, 1, StatusKind.Failed, status => status.Reason = FailureReason.TimedOut);
        await agent.ReadAsync(Frame.StatusAck);

        Assert.Equal(VerdictKind.Forget, (await ReturnWithAsync(Item(attempt, AttemptState.Reported, ProcessState.Ended))).Kind);
    }

    [Fact]
    public async Task An_unknown_job_is_held_for_a_person()
    {
        var verdict = await ReturnWithAsync(Item(new Attempt { JobId = "0123456789abcdef", Fence = 1 }));

        Assert.Equal(VerdictKind.Hold, verdict.Kind);
    }

    [Fact]
    public async Task An_unknown_job_that_no_person_cared_for_is_given_up_after_a_week()
    {
        var attempt = new Attempt { JobId = "0123456789abcdef", Fence = 1 };
        Assert.Equal(VerdictKind.Hold, (await ReturnWithAsync(Item(attempt))).Kind);
        Site.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(VerdictKind.Hold, (await ReturnWithAsync(Item(attempt))).Kind);

        Site.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(VerdictKind.Stop, (await ReturnWithAsync(Item(attempt))).Kind);
        Assert.Equal(VerdictKind.Hold, (await ReturnWithAsync(Item(new Attempt { JobId = attempt.JobId, Fence = 2 }))).Kind);
    }

    [Fact]
    public async Task A_process_gone_without_a_result_queues_the_job_at_once()
    {
        var (_, attempt) = await RunningAsync();

        var verdict = await ReturnWithAsync(Item(attempt, process: ProcessState.Lost));

        Assert.Equal(VerdictKind.Lost, verdict.Kind);
        var job = await Site.JobAsync(attempt.JobId);
        Assert.Equal((JobState.Pending, null, 1), (job.State, job.AgentId, job.LostAttempts));
    }

    [Fact]
    public async Task An_accepted_job_that_a_wiped_agent_does_not_know_is_queued_again()
    {
        var (_, attempt) = await RunningAsync();

        await NewAgent().WelcomedAsync(hello => hello.JournalId = "journal-2");

        var job = await Site.JobAsync(attempt.JobId);
        Assert.Equal((JobState.Pending, null, 1), (job.State, job.AgentId, job.LostAttempts));
    }

    [Fact]
    public async Task An_assignment_that_was_lost_on_its_way_is_sent_again_under_the_same_fence()
    {
        var job = await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        var lost = (await agent.ReadAsync(Frame.Assign)).Assign.Attempt;

        var back = await ConnectAsync();

        Assert.Equal(lost, (await back.ReadAsync(Frame.Assign)).Assign.Attempt);
        Assert.Equal((job.Id, 1), (lost.JobId, lost.Fence));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_made_up_by_the_inventory()
    {
        await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        var attempt = (await agent.ReadAsync(Frame.Assign)).Assign.Attempt;

        Assert.Equal(VerdictKind.Keep, (await ReturnWithAsync(Item(attempt))).Kind);

        Assert.NotNull((await Site.JobAsync(attempt.JobId)).AcceptedAt);
    }

    [Fact]
    public async Task An_agent_that_has_more_acknowledged_than_the_row_holds_gets_nothing_new()
    {
        var (_, attempt) = await RunningAsync();
        var next = await Site.JobAsync(await Site.SubmitAsync(Study, ProjectYaml.Wide(1), "a00"), "a00");
        var back = NewAgent();

        var welcome = await back.WelcomedAsync(Item(attempt, acked: 9));
        await back.CreditAsync(3);
        await back.BeatAsync();
        await Coordinator.Get<Dispatcher>().RunOnceAsync(None);

        Assert.Equal(VerdictKind.Hold, Assert.Single(welcome.Verdicts).Kind);
        Assert.Null((await Site.JobAsync(next.Id)).AgentId);
    }

    [Fact]
    public async Task An_agent_that_has_seen_a_higher_epoch_of_this_history_gets_nothing_new()
    {
        var history = (await NewAgent().WelcomedAsync()).HistoryId;
        var job = await SubmitOneAsync();
        var back = NewAgent();

        await back.WelcomedAsync(hello => (hello.HistoryId, hello.LastEpochSeen) = (history, 9));
        await back.CreditAsync(3);
        await back.BeatAsync();
        await Coordinator.Get<Dispatcher>().RunOnceAsync(None);

        Assert.Null((await Site.JobAsync(job.Id)).AgentId);
    }

    [Fact]
    public async Task An_agent_with_a_higher_fence_keeps_what_it_has_gives_back_what_is_not_begun_and_gets_nothing_new()
    {
        var job = await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        var unanswered = (await agent.ReadAsync(Frame.Assign)).Assign.Attempt;
        var older = await Site.JobAsync(await Site.SubmitAsync(Study, ProjectYaml.Wide(1), "a00"), "a00");

        var back = NewAgent();
        var welcome = await back.WelcomedAsync(Item(new Attempt { JobId = older.Id, Fence = 7 }));
        await back.CreditAsync(3);
        await back.BeatAsync();
        await Coordinator.Get<Dispatcher>().RunOnceAsync(None);

        Assert.Equal(VerdictKind.Hold, Assert.Single(welcome.Verdicts).Kind);
        Assert.Null((await Site.JobAsync(older.Id)).AgentId);
        await JobBecomesAsync(job.Id, row => row.AgentId is null && row.Fence == unanswered.Fence);
    }

    [Fact]
    public async Task A_hello_that_a_newer_one_overtook_stops_nothing()
    {
        var (agent, attempt) = await RunningAsync();
        var overtaken = agent.Epoch;
        var newest = NewAgent();
        await newest.WelcomedAsync(Item(attempt));

        Assert.True((await JudgeAsync(agent.Id, overtaken, attempt)).IsSuperseded);
        Assert.False((await JudgeAsync(agent.Id, newest.Epoch, attempt)).IsSuperseded);
    }

    [Fact]
    public async Task An_agent_whose_hello_was_overtaken_is_sent_away_without_verdicts()
    {
        var (_, attempt) = await RunningAsync();
        await Site.Database.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync(
            "CREATE TRIGGER Overtaken AFTER INSERT ON AgentSessions BEGIN "
            + "UPDATE Agents SET SessionEpoch = SessionEpoch + 1 WHERE Id = NEW.AgentId; END",
            token));

        var frame = await NewAgent().HelloAsync(hello => hello.Inventory.Add(Item(attempt)));

        Assert.Equal(GoAwayReason.Superseded, frame.GoAway?.Reason);
        Assert.Equal(attempt.Fence, (await Site.JobAsync(attempt.JobId)) is { AgentId: not null } job ? job.Fence : 0);
    }

    private Task<ReconcileResult> JudgeAsync(string agentId, long epoch, Attempt attempt) => Coordinator.Get<Reconciler>().RunAsync(
        TestRuns.Hello(Study.Backend, agentId), epoch, journalChanged: false, [Item(attempt)], None);

    private static InventoryItem Item(
        Attempt attempt, AttemptState state = AttemptState.Running, ProcessState process = ProcessState.Alive, long acked = 0) =>
        new() { Attempt = attempt, State = state, Process = process, LastSequenceAcked = acked };

    private async Task<Verdict> ReturnWithAsync(InventoryItem item) => Assert.Single((await NewAgent().WelcomedAsync(item)).Verdicts);

    /// <summary>The agent is silent until its lease has lapsed.</summary>
    private async Task LapseAsync(ScriptedAgent agent, Attempt attempt)
    {
        await agent.ByeAsync();
        await SessionEndsAsync(agent.Id, agent.Epoch);
        await Site.Clock.AdvanceAsync(TimeSpan.FromSeconds(5), JobBecomesAsync(attempt.JobId, job => job.AgentId is null));
    }
}
