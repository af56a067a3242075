using JobServer.Contracts.V1;
using JobServer.Coordinator.Dispatch;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Frame = JobServer.Contracts.V1.CoordinatorFrame.FrameOneofCase;

namespace JobServer.Coordinator.Tests.Dispatch;

public sealed class DispatchTests : CoordinatorTest
{
    [Fact]
    public async Task Submitted_work_is_assigned_by_the_poll_alone()
    {
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        await agent.BeatAsync();
        var job = await SubmitOneAsync();
        var assign = agent.ReadAsync(Frame.Assign);

        var took = await Site.Clock.AdvanceAsync(TimeSpan.FromMilliseconds(100), assign);

        Assert.Equal(job.Id, (await assign).Assign.Attempt.JobId);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Submitted_work_is_assigned_at_once_when_the_portal_says_so()
    {
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        await agent.BeatAsync();
        var job = await SubmitOneAsync();

        await new PortalGateway.PortalGatewayClient(Coordinator.Channel)
            .RowsChangedAsync(new RowsChangedRequest(), TestCoordinator.Bearer(TestCoordinator.InternalToken));

        // The clock stands still, so no poll can have found it.
        Assert.Equal(job.Id, (await agent.ReadAsync(Frame.Assign)).Assign.Attempt.JobId);
    }

    [Fact]
    public async Task A_job_that_the_agent_can_never_run_fails_with_the_reason_and_does_not_come_again()
    {
        var job = await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        var attempt = (await agent.ReadAsync(Frame.Assign)).Assign.Attempt;

        await agent.AnswerAsync(attempt, AssignDecision.BadSpec);

        var ended = await JobBecomesAsync(job.Id, row => row.IsEnded);
        Assert.Equal((JobState.Failed, 1L), (ended.State, ended.Fence));
        Assert.StartsWith("The backend cannot run this", ended.StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assignment_says_all_that_the_agent_needs()
    {
        var job = await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);

        var assign = (await agent.ReadAsync(Frame.Assign)).Assign;

        Assert.Equal(1, assign.Attempt.Fence);
        Assert.Equal(Strictness.Fenced, assign.Strictness);
        Assert.Equal((job.Action, Study.Workspace.Slug), (assign.Spec.Action, assign.Spec.Workspace));
        Assert.Equal(("python", "v2"), (assign.Spec.Image, assign.Spec.ImageVersion));
        Assert.Equal(Data.Blobs.Digests.OfText("a study"), assign.Spec.Source.Sha256);
        Assert.Equal(PrivacyLevel.ModeratelySensitive, Assert.Single(assign.Spec.Outputs).Level);
    }

    [Fact]
    public async Task An_agent_without_credits_gets_nothing()
    {
        var job = await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.BeatAsync();

        await Coordinator.Get<Dispatcher>().RunOnceAsync(None);

        Assert.Null((await Site.JobAsync(job.Id)).AgentId);
    }

    [Fact]
    public async Task A_credit_is_spent_by_the_assignment_and_not_by_the_answer()
    {
        await Site.SubmitAsync(Study, ProjectYaml.Wide(3), "run_all");
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        await agent.ReadAsync(Frame.Assign);

        await Coordinator.Get<Dispatcher>().RunOnceAsync(None);
        await Coordinator.Get<Dispatcher>().RunOnceAsync(None);

        Assert.Equal(1, await Site.Database.ReadAsync(db => db.Jobs.CountAsync(job => job.AgentId == agent.Id)));
    }

    [Fact]
    public async Task An_agent_never_gets_more_than_it_declared_whatever_its_credits_say()
    {
        await Site.SubmitAsync(Study, ProjectYaml.Wide(6), "run_all");
        var agent = NewAgent();
        await agent.WelcomedAsync(hello => hello.Slots.Add(new Slots { Kind = JobKind.Standard, Count = -2 }));

        for (var i = 0; i < 3; i++)
        {
            await agent.CreditAsync(100);
            await agent.BeatAsync();
            await Coordinator.Get<Dispatcher>().RunOnceAsync(None);
        }

        Assert.Equal(4, await Site.Database.ReadAsync(db => db.Jobs.CountAsync(job => job.AgentId == agent.Id)));
    }

    [Fact]
    public async Task More_assignments_than_fit_into_one_write_all_arrive()
    {
        const int Count = 90;
        await Site.SubmitAsync(Study, ProjectYaml.Wide(Count), "run_all");
        var agent = NewAgent();
        await agent.WelcomedAsync(hello => hello.Slots.Add(ScriptedAgent.Credits(Count).Free));

        await agent.CreditAsync(Count);

        for (var i = 0; i < Count; i++)
        {
            await agent.ReadAsync(Frame.Assign);
        }
    }

    [Fact]
    public async Task An_unanswered_assignment_is_repeated_once_and_then_taken_back()
    {
        var job = await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        var first = (await agent.ReadAsync(Frame.Assign)).Assign.Attempt;

        var (again, firstWait) = await NextAssignAsync(agent);
        var (later, secondWait) = await NextAssignAsync(agent, beat: true);

        Assert.Equal(first, again);
        Assert.InRange(firstWait, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(13));
        Assert.Equal((job.Id, first.Fence + 1), (later.JobId, later.Fence));
        Assert.InRange(secondWait, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(14));
        Assert.Equal(0, (await Site.JobAsync(job.Id)).LostAttempts);
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_is_fenced()
    {
        await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        var attempt = (await agent.ReadAsync(Frame.Assign)).Assign.Attempt;
        await Site.Clock.AdvanceAsync(TimeSpan.FromSeconds(1), JobBecomesAsync(attempt.JobId, job => job.AgentId is null));

        await agent.AnswerAsync(attempt);

        Assert.Equal(attempt, (await agent.ReadAsync(Frame.Fenced)).Fenced.Attempt);
        Assert.Null((await Site.JobAsync(attempt.JobId)).AgentId);
    }

    [Fact]
    public async Task A_refused_assignment_is_free_for_another_agent_and_not_offered_again_at_once()
    {
        await SubmitOneAsync();
        var busy = await ConnectAsync();
        await busy.CreditAsync(1);
        var refused = (await busy.ReadAsync(Frame.Assign)).Assign.Attempt;

        await busy.AnswerAsync(refused, AssignDecision.Busy);
        await JobBecomesAsync(refused.JobId, job => job.AgentId is null);
        await Coordinator.Get<Dispatcher>().RunOnceAsync(None);

        Assert.Null((await Site.JobAsync(refused.JobId)).AgentId);
        Site.Clock.Advance(QueueBackOff.First);
        var other = NewAgent(id: "agent-000002");
        await other.WelcomedAsync();
        Assert.Equal(refused.Fence + 1, (await other.TakeJobAsync()).Fence);
    }

    [Fact]
    public async Task What_an_agent_has_not_accepted_is_free_when_it_says_goodbye()
    {
        await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);
        var attempt = (await agent.ReadAsync(Frame.Assign)).Assign.Attempt;

        await agent.ByeAsync();

        var job = await JobBecomesAsync(attempt.JobId, job => job.AgentId is null);
        Assert.Equal((JobState.Pending, 0), (job.State, job.LostAttempts));
    }

    [Fact]
    public async Task A_malformed_answer_ends_the_session()
    {
        var agent = await ConnectAsync();

        await agent.AnswerAsync(new Attempt { JobId = new string('x', 1000), Fence = 1 });

        Assert.Equal(GoAwayReason.ProtocolError, (await agent.GoneAsync()).Reason);
    }

    [Fact]
    public async Task The_next_action_of_a_request_follows_when_the_one_before_succeeded()
    {
        var request = await Site.SubmitAsync(Study, ProjectYaml.Chain, "second");
        var agent = await ConnectAsync();
        var first = await agent.TakeJobAsync();
        var second = await Site.JobAsync(request, "second");
        Assert.NotEqual(first.JobId, second.Id);

        await SucceedAsync(agent, first);

        Assert.Equal(second.Id, (await agent.TakeJobAsync()).JobId);
    }

    private async Task<(Attempt Attempt, TimeSpan Wait)> NextAssignAsync(ScriptedAgent agent, bool beat = false)
    {
        var reading = agent.ReadAsync(Frame.Assign);
        if (beat)
        {
            await agent.CreditAsync(2);
        }

        var wait = await Site.Clock.AdvanceAsync(TimeSpan.FromMilliseconds(500), reading);
        return ((await reading).Assign.Attempt, wait);
    }
}
