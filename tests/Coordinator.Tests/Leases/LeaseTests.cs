using JobServer.Coordinator.Dispatch;
using JobServer.Coordinator.Leases;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobServer.Coordinator.Tests.Leases;

/// <summary>A job whose agent is gone is queued again, but never before the agent had time to come back.</summary>
public sealed class LeaseTests : CoordinatorTest
{
    [Fact]
    public async Task A_job_is_queued_again_when_the_lease_of_its_agent_has_lapsed()
    {
        var (agent, attempt) = await RunningAsync();
        await ServeAsync(TimeSpan.FromSeconds(90), agent);
        await agent.ByeAsync();
        await SessionEndsAsync(agent.Id, agent.Epoch);

        var took = await Site.Clock.AdvanceAsync(TimeSpan.FromSeconds(1), JobBecomesAsync(attempt.JobId, job => job.AgentId is null));

        Assert.InRange(took, TimeSpan.FromSeconds(35), TimeSpan.FromSeconds(70));
        var job = await Site.JobAsync(attempt.JobId);
        Assert.Equal((JobState.Pending, 1, attempt.Fence), (job.State, job.LostAttempts, job.Fence));
    }

    [Fact]
    public async Task Silence_alone_never_fails_a_job_and_a_beating_agent_keeps_it()
    {
        var (agent, attempt) = await RunningAsync();

        await ServeAsync(TimeSpan.FromMinutes(5), agent);

        Assert.Equal(agent.Id, (await Site.JobAsync(attempt.JobId)).AgentId);
    }

    [Fact]
    public async Task No_lease_lapses_before_a_coordinator_has_served_for_a_while_after_a_gap()
    {
        var (agent, attempt) = await RunningAsync();
        agent.Dispose();
        await Coordinator.DisposeAsync();
        Site.Clock.Advance(TimeSpan.FromHours(1));

        Coordinator = await TestCoordinator.StartAsync(Site);
        for (var seconds = 0; seconds < 80; seconds += 10)
        {
            Site.Clock.Advance(TimeSpan.FromSeconds(10));
            await Coordinator.Get<ClusterRecord>().BeatAsync(None);
        }

        await Coordinator.Get<LeaseSweeper>().RunOnceAsync(None);
        Assert.NotNull((await Site.JobAsync(attempt.JobId)).AgentId);

        Site.Clock.Advance(TimeSpan.FromSeconds(11));
        await Coordinator.Get<ClusterRecord>().BeatAsync(None);
        await Coordinator.Get<LeaseSweeper>().RunOnceAsync(None);
        Assert.Null((await Site.JobAsync(attempt.JobId)).AgentId);
    }

    [Fact]
    public async Task A_coordinator_that_stood_still_gives_its_agents_time_again()
    {
        var (agent, attempt) = await RunningAsync();
        await ServeAsync(TimeSpan.FromMinutes(2), agent);

        // As after a suspended machine: an hour has gone, and no loop has run.
        Site.Clock.Advance(TimeSpan.FromHours(1));
        await Coordinator.Get<ClusterRecord>().BeatAsync(None);
        await Coordinator.Get<LeaseSweeper>().RunOnceAsync(None);

        Assert.NotNull((await Site.JobAsync(attempt.JobId)).AgentId);
    }

    [Fact]
    public async Task A_coordinator_that_stood_still_between_its_beat_and_its_look_takes_no_job_away()
    {
        var (agent, attempt) = await RunningAsync();
        await ServeAsync(TimeSpan.FromMinutes(2), agent);

        // Stopped right after its beat: nothing has said yet that agents could reach nobody for an hour.
        var later = new ProcessClock(new FakeTimeProvider(Site.Now.AddHours(1)));
        var sweeper = new LeaseSweeper(
            Coordinator.Get<JobLeases>(), Coordinator.Get<IDbContextFactory<JobServerDb>>(), later,
            Coordinator.Get<IOptions<CoordinatorOptions>>(), Coordinator.Get<DispatchSignal>(), NullLogger<LeaseSweeper>.Instance);
        await sweeper.RunOnceAsync(None);

        Assert.NotNull((await Site.JobAsync(attempt.JobId)).AgentId);
    }

    [Fact]
    public async Task A_restart_within_seconds_is_no_gap()
    {
        var before = await ServingSinceAsync();
        await Coordinator.DisposeAsync();
        Site.Clock.Advance(TimeSpan.FromSeconds(10));

        Coordinator = await TestCoordinator.StartAsync(Site);

        Assert.Equal(before, await ServingSinceAsync());
    }

    private Task<DateTimeOffset?> ServingSinceAsync() =>
        Site.Database.ReadAsync(db => db.ClusterStates.Select(state => state.ServingSince).SingleAsync());

    /// <summary>Time goes by with a heartbeat every five seconds.</summary>
    private async Task ServeAsync(TimeSpan time, ScriptedAgent agent)
    {
        var end = Site.Now + time;
        while (Site.Now < end)
        {
            Site.Clock.Advance(TimeSpan.FromSeconds(5));
            await agent.BeatAsync();
            await Coordinator.Get<ClusterRecord>().BeatAsync(None);
            await Coordinator.Get<LeaseSweeper>().RunOnceAsync(None);
        }
    }
}
