using JobServer.Data.Jobs;
using JobServer.Data.Writing;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

public sealed class LostAttemptTests : SiteTest
{
    private TestStudy _study = null!;
    private TestAgent _agent = null!;
    private int _request;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
        _agent = await Site.OpenSessionAsync(_study.Backend);
        _request = await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_third_lost_attempt_is_the_last(bool isReported)
    {
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await LoseAsync(isReported);
            var job = await Site.JobAsync(_request, "alone");
            Assert.Equal((JobState.Pending, JobStatusCode.WaitingOnNewAttempt, attempt), (job.State, job.StatusCode, job.LostAttempts));
            Assert.Null(job.AgentId);
            Assert.Null(job.StartedAt);
        }

        await LoseAsync(isReported);

        var lost = await Site.JobAsync(_request, "alone");
        Assert.Equal((JobState.Failed, JobStatusCode.Lost, 3L), (lost.State, lost.StatusCode, lost.Fence));
        Assert.Equal(JobRequestState.Failed, (await Site.RequestAsync(_request)).State);
        Assert.Empty(await _agent.ClaimAsync());
    }

    [Fact]
    public async Task An_assignment_that_was_accepted_is_not_given_back()
    {
        var job = await _agent.ClaimOneAsync();
        Assert.True(await _agent.AcceptAsync(job));

        Assert.Equal(LeaseChange.NotHeld, await _agent.ReturnAsync(job));

        Assert.Equal(_agent.Id, (await Site.JobAsync(job.JobId)).AgentId);
    }

    [Fact]
    public async Task A_lease_given_back_does_not_count_as_an_attempt()
    {
        for (var time = 0; time < 5; time++)
        {
            Assert.Equal(LeaseChange.Queued, await _agent.ReturnAsync(await _agent.ClaimOneAsync()));
        }

        Assert.Equal(0, (await Site.JobAsync(_request, "alone")).LostAttempts);
    }

    [Fact]
    public async Task A_lease_that_is_not_held_can_be_neither_lost_nor_returned_nor_accepted()
    {
        var job = await _agent.ClaimOneAsync();
        var other = await Site.OpenSessionAsync(_study.Backend, "agent-2");
        Assert.Equal(LeaseChange.NotHeld, await other.LoseAsync(job));
        Assert.Equal(LeaseChange.NotHeld, await _agent.LoseAsync(job with { Fence = job.Fence + 1 }));
        Assert.False(await other.AcceptAsync(job));
        await Site.OpenSessionAsync(_study.Backend);
        Assert.Equal(LeaseChange.NotHeld, await _agent.LoseAsync(job));
        Assert.False(await _agent.AcceptAsync(job));
        Assert.Equal(JobStatusCode.WaitingOnAgent, (await Site.JobAsync(job.JobId)).StatusCode);
    }

    [Fact]
    public async Task An_attempt_lost_after_a_cancel_ends_the_job()
    {
        var job = await _agent.ClaimOneAsync();
        await _agent.StartAsync(job);
        await Site.Get<JobCancellations>().CancelRequestAsync(_request, _study.Developer.Id, None);

        Assert.Equal(LeaseChange.Ended, await _agent.LoseAsync(job));

        Assert.Equal(JobStatusCode.CancelledByUser, (await Site.JobAsync(job.JobId)).StatusCode);
        Assert.Equal(JobRequestState.Cancelled, (await Site.RequestAsync(_request)).State);
    }

    [Fact]
    public async Task An_agent_that_comes_back_goes_on_with_its_lapsed_job_under_the_same_fence()
    {
        var job = await _agent.ClaimOneAsync();
        await _agent.StartAsync(job);
        await _agent.LoseAsync(job);

        Assert.True(await ReAdoptAsync(_agent, job));

        await _agent.ReportAsync(job, JobTrigger.ReportFinalizing);
        await _agent.SucceedAsync(job);
        Assert.Equal(JobState.Succeeded, (await Site.JobAsync(job.JobId)).State);
    }

    [Fact]
    public async Task A_lapsed_job_that_somebody_took_is_not_re_adopted()
    {
        var job = await _agent.ClaimOneAsync();
        await _agent.LoseAsync(job);
        Site.Clock.Advance(QueueBackOff.Cap);
        var other = await Site.OpenSessionAsync(_study.Backend, "agent-2");
        await other.ClaimOneAsync();

        Assert.False(await ReAdoptAsync(_agent, job));
        Assert.Equal("agent-2", (await Site.JobAsync(job.JobId)).AgentId);
    }

    [Fact]
    public async Task A_job_is_re_adopted_only_by_the_agent_that_had_it()
    {
        var job = await _agent.ClaimOneAsync();
        await _agent.LoseAsync(job);
        var other = await Site.OpenSessionAsync(_study.Backend, "agent-2");
        var elsewhere = await Site.OpenSessionAsync(await Site.CreateBackendAsync(), "agent-3");

        Assert.False(await ReAdoptAsync(other, job));
        Assert.False(await ReAdoptAsync(elsewhere, job));
        Assert.True(await ReAdoptAsync(_agent, job));
    }

    [Fact]
    public async Task A_job_that_was_never_leased_cannot_be_re_adopted()
    {
        var job = await Site.JobAsync(_request, "alone");
        var holder = new AttemptHolder { AgentId = _agent.Id, SessionEpoch = _agent.Epoch, JobId = job.Id, Fence = 0 };

        Assert.False(await Site.Get<JobLeases>().ReAdoptAsync(holder, hasEnded: false, None));
        Assert.Null((await Site.JobAsync(job.Id)).AgentId);
    }

    [Fact]
    public async Task Re_adoption_by_an_older_session_is_refused()
    {
        var job = await _agent.ClaimOneAsync();
        await _agent.LoseAsync(job);
        await Site.OpenSessionAsync(_study.Backend);

        Assert.False(await ReAdoptAsync(_agent, job));
    }

    [Fact]
    public async Task An_agent_that_was_given_other_work_meanwhile_does_not_get_its_lapsed_job_back()
    {
        var job = await _agent.ClaimOneAsync();
        await _agent.LoseAsync(job);
        await Site.Database.WriteAsync((db, token) => db.Agents.ExecuteUpdateAsync(set => set.SetProperty(agent => agent.StandardSlots, 1), token));
        await Site.SubmitAsync(_study, ProjectYaml.Wide(1), "run_all");
        await _agent.ClaimOneAsync();

        Assert.False(await ReAdoptAsync(_agent, job));
        Assert.Null((await Site.JobAsync(job.JobId)).AgentId);

        // What it has finished meanwhile needs no room.
        Assert.True(await Site.Get<JobLeases>().ReAdoptAsync(_agent.HolderOf(job), hasEnded: true, None));
    }

    [Fact]
    public async Task A_coordinator_whose_clock_is_fast_makes_nobody_wait_longer()
    {
        var job = await _agent.ClaimOneAsync();
        var fast = new FakeTimeProvider(Site.Now.AddMinutes(30));
        var leases = new JobLeases(
            Site.Get<DatabaseWriter>(), Site.Get<IDbContextFactory<JobServerDb>>(), Site.Get<IDatabaseClock>(), fast, Site.Get<Random>());
        await leases.LoseAsync(_agent.HolderOf(job), "gone", None);

        Site.Clock.Advance(QueueBackOff.First);

        Assert.Equal(job.JobId, (await _agent.ClaimOneAsync()).JobId);
    }

    [Fact]
    public async Task The_history_names_every_attempt()
    {
        var job = await _agent.ClaimOneAsync();
        await _agent.LoseAsync(job);
        await ReAdoptAsync(_agent, job);

        Assert.Equal(
            [JobEventKind.Created, JobEventKind.Leased, JobEventKind.AttemptLost, JobEventKind.ReAdopted],
            (await Site.EventsAsync(job.JobId)).Select(jobEvent => jobEvent.Kind));
        Assert.Equal(4, await Site.Database.ReadAsync(db => db.JobEvents.CountAsync()));
    }

    private Task<bool> ReAdoptAsync(TestAgent agent, ClaimedJob job) => Site.Get<JobLeases>().ReAdoptAsync(agent.HolderOf(job), hasEnded: false, None);

    private async Task LoseAsync(bool isReported)
    {
        Site.Clock.Advance(QueueBackOff.Cap);
        var job = await _agent.ClaimOneAsync();
        await _agent.StartAsync(job);
        if (isReported)
        {
            await _agent.ReportAsync(job, JobTrigger.LoseAttempt);
        }
        else
        {
            Assert.NotEqual(LeaseChange.NotHeld, await _agent.LoseAsync(job));
        }
    }
}
