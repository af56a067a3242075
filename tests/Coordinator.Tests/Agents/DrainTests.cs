using JobServer.Contracts.V1;
using JobServer.Coordinator.Dispatch;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data.Agents;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using AgentMode = JobServer.Domain.Agents.AgentMode;
using Frame = JobServer.Contracts.V1.CoordinatorFrame.FrameOneofCase;
using WireMode = JobServer.Contracts.V1.AgentMode;

namespace JobServer.Coordinator.Tests.Agents;

/// <summary>What people want of agents reaches them, and a drained agent holds nothing.</summary>
public sealed class DrainTests : CoordinatorTest
{
    private ModeChanges Modes => Coordinator.Get<ModeChanges>();

    [Fact]
    public async Task A_drain_reaches_the_agent_at_once_with_what_is_left_of_its_deadline()
    {
        var agent = await ConnectAsync();
        await Modes.SetAgentAsync(agent.Id, AgentMode.Draining, TimeSpan.FromMinutes(30), null, None);

        var told = (await MeanwhileAsync(TimeSpan.FromMilliseconds(250), agent.ReadAsync(Frame.SetMode))).SetMode;

        Assert.Equal(WireMode.Draining, told.Mode);
        Assert.InRange(told.DeadlineMs, 1_700_000, 1_800_000);
    }

    [Fact]
    public async Task A_draining_agent_that_comes_back_is_told_again_and_what_is_left_is_never_none()
    {
        await ConnectAsync();
        await Modes.SetAgentAsync("agent-000001", AgentMode.Draining, TimeSpan.FromSeconds(5), null, None);
        Site.Clock.Advance(TimeSpan.FromSeconds(6));

        var back = NewAgent();
        Assert.Equal(WireMode.Draining, (await back.WelcomedAsync()).Mode);

        Assert.Equal(1, (await MeanwhileAsync(TimeSpan.FromMilliseconds(250), back.ReadAsync(Frame.SetMode))).SetMode.DeadlineMs);
    }

    [Fact]
    public async Task A_draining_agent_gets_nothing_new_and_is_drained_when_it_holds_nothing()
    {
        var (agent, attempt) = await RunningAsync();
        var waiting = await Site.JobAsync(await Site.SubmitAsync(Study, ProjectYaml.Wide(1), "a00"), "a00");
        await Modes.SetAgentAsync(agent.Id, AgentMode.Draining, null, null, None);
        await agent.SendAsync(new AgentFrame { DrainState = new DrainState { AttemptsLeft = 1 } });
        await RowBecomesAsync(row => row.AttemptsLeft == 1);
        await agent.CreditAsync(4);
        await agent.BeatAsync();
        await Coordinator.Get<Dispatcher>().RunOnceAsync(None);
        Assert.Null((await Site.JobAsync(waiting.Id)).AgentId);

        await SucceedAsync(agent, attempt);
        await agent.SendAsync(new AgentFrame { DrainState = new DrainState { AttemptsLeft = 0 } });

        await RowBecomesAsync(row => row is { Mode: AgentMode.Drained, AttemptsLeft: 0, DrainDeadline: null });
        await Coordinator.Get<Dispatcher>().RunOnceAsync(None);
        Assert.Null((await Site.JobAsync(waiting.Id)).AgentId);
        Assert.Equal(WireMode.Draining, (await NewAgent().WelcomedAsync()).Mode);
    }

    [Fact]
    public async Task An_agent_is_not_drained_while_a_row_says_that_it_holds_a_job()
    {
        var (agent, attempt) = await RunningAsync();
        await Modes.SetAgentAsync(agent.Id, AgentMode.Draining, null, null, None);

        await agent.SendAsync(new AgentFrame { DrainState = new DrainState { AttemptsLeft = 0 } });
        await RowBecomesAsync(row => row.AttemptsLeft == 0);
        Assert.Equal(AgentMode.Draining, (await RowAsync()).Mode);

        // It says so with each heartbeat, so the last report decides.
        await SucceedAsync(agent, attempt);
        await agent.SendAsync(new AgentFrame { DrainState = new DrainState { AttemptsLeft = 0 } });
        await RowBecomesAsync(row => row.Mode == AgentMode.Drained);
    }

    [Fact]
    public async Task An_interrupted_job_of_a_drained_agent_is_queued_again_and_not_failed()
    {
        var (agent, attempt) = await RunningAsync();
        await Modes.SetAgentAsync(agent.Id, AgentMode.Draining, TimeSpan.FromSeconds(1), null, None);

        await agent.ReportAsync(attempt, 1, StatusKind.Executing);
        await agent.ReportAsync(attempt, 2, StatusKind.Interrupted);

        var job = await JobBecomesAsync(attempt.JobId, row => row.AgentId is null);
        Assert.Equal((JobState.Pending, JobStatusCode.WaitingOnNewAttempt), (job.State, job.StatusCode));
        Assert.NotNull(job.NotBefore);
    }

    [Fact]
    public async Task However_often_a_drain_interrupts_a_job_it_never_fails()
    {
        var job = await SubmitOneAsync();
        for (var time = 1; time <= 4; time++)
        {
            Site.Clock.Advance(TimeSpan.FromMinutes(3));
            var agent = await ConnectAsync();
            var attempt = await agent.TakeJobAsync();
            await agent.SendAsync(new AgentFrame { DrainState = new DrainState { AttemptsLeft = 1 } });
            await agent.ReportAsync(attempt, 1, StatusKind.Interrupted);

            var row = await JobBecomesAsync(job.Id, row => row.Fence == time && row.AgentId is null);
            Assert.Equal((JobState.Pending, 0), (row.State, row.LostAttempts));
        }
    }

    [Theory]
    [InlineData(BackendMode.Paused, WireMode.Paused)]
    [InlineData(BackendMode.Draining, WireMode.Draining)]
    [InlineData(BackendMode.DatabaseMaintenance, WireMode.Active)]
    public async Task Agents_follow_the_mode_of_their_backend_and_come_back_from_it(BackendMode mode, WireMode told)
    {
        var agent = await ConnectAsync();
        await Modes.SetBackendAsync(Study.Backend.Slug, mode, "", null, None);
        Assert.Equal(told, (await MeanwhileAsync(TimeSpan.FromMilliseconds(250), agent.ReadAsync(Frame.SetMode))).SetMode.Mode);

        await Modes.SetBackendAsync(Study.Backend.Slug, BackendMode.Active, "", null, None);

        Assert.Equal(WireMode.Active, (await MeanwhileAsync(TimeSpan.FromMilliseconds(250), agent.ReadAsync(Frame.SetMode))).SetMode.Mode);
        Assert.Equal(AgentMode.Active, (await RowAsync()).Mode);
    }

    [Fact]
    public async Task An_assignment_that_a_draining_agent_refuses_is_free_for_others_at_once()
    {
        var job = await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        var attempt = (await agent.ReadAsync(Frame.Assign)).Assign.Attempt;
        await Modes.SetAgentAsync(agent.Id, AgentMode.Draining, null, null, None);

        await agent.AnswerAsync(attempt, AssignDecision.Draining);

        Assert.Null((await JobBecomesAsync(job.Id, row => row.AgentId is null)).NotBefore);
    }

    private Task<Domain.Agents.Agent> RowAsync() => Site.Database.ReadAsync(db => db.Agents.AsNoTracking().SingleAsync());

    private Task RowBecomesAsync(Func<Domain.Agents.Agent, bool> condition) =>
        Eventually.HoldsAsync(async () => condition(await RowAsync()), "the change of the agent's row");
}
