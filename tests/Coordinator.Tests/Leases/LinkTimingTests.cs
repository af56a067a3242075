using JobServer.Contracts.V1;
using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Leases;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data.Jobs;
using JobServer.Domain.Backends;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Coordinator.Tests.Leases;

/// <summary>A backend may have a timing of its own, and its agents and their leases keep to it.</summary>
public sealed class LinkTimingTests : CoordinatorTest
{
    private static readonly BackendTiming Short = new() { Heartbeat = TimeSpan.FromSeconds(5), Silence = TimeSpan.FromSeconds(15), Lease = TimeSpan.FromSeconds(30) };
    private static readonly BackendTiming Long = new() { Lease = TimeSpan.FromHours(24) };

    [Fact]
    public async Task An_agent_is_told_the_timing_of_its_backend()
    {
        await SetAsync(Short with { CancelGrace = TimeSpan.FromMinutes(2) });

        var welcome = await NewAgent().WelcomedAsync();

        Assert.Equal((5_000, 15_000, 30_000), (welcome.HeartbeatIntervalMs, welcome.SilenceTimeoutMs, welcome.LeaseTtlMs));
        Assert.Equal(Site.Now.AddSeconds(30), await ExpiryAsync());
    }

    [Fact]
    public async Task A_heartbeat_renews_for_the_backends_own_lease()
    {
        await SetAsync(Long);
        var agent = await ConnectAsync();
        Site.Clock.Advance(TimeSpan.FromSeconds(25));

        var acknowledged = await agent.BeatAsync(7);

        Assert.Equal((7, (long)TimeSpan.FromHours(24).TotalMilliseconds), (acknowledged.RenewedBy, acknowledged.LeaseTtlMs));
        Assert.Equal(Site.Now.AddHours(24), await ExpiryAsync());
    }

    [Fact]
    public async Task A_cancelled_action_has_the_grace_of_its_backend()
    {
        await SetAsync(new BackendTiming { CancelGrace = TimeSpan.FromMinutes(2) });
        var (agent, attempt) = await RunningAsync();
        var job = await Site.JobAsync(attempt.JobId);
        await Site.Get<JobCancellations>().CancelJobAsync(job.JobRequestId, job.Id, Study.Developer.Id, None);

        var cancel = await MeanwhileAsync(TimeSpan.FromMilliseconds(250), agent.ReadAsync(CoordinatorFrame.FrameOneofCase.Cancel));

        Assert.Equal(120_000, cancel.Cancel.GraceMs);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task After_an_hour_of_silence_a_lease_of_a_day_holds_and_one_of_half_a_minute_has_lapsed(bool isLong, bool lapses)
    {
        await SetAsync(isLong ? Long : Short);
        var (agent, attempt) = await RunningAsync();
        await agent.ByeAsync();
        await SessionEndsAsync(agent.Id, agent.Epoch);

        for (var minute = 0; minute < 60; minute++)
        {
            for (var beat = 0; beat < 6; beat++)
            {
                Site.Clock.Advance(TimeSpan.FromSeconds(10));
                await Coordinator.Get<ClusterRecord>().BeatAsync(None);
            }

            await Coordinator.Get<LeaseSweeper>().RunOnceAsync(None);
        }

        Assert.Equal(lapses, (await Site.JobAsync(attempt.JobId)).AgentId is null);
    }

    [Fact]
    public async Task A_silent_agent_is_dropped_after_its_backends_own_timeout()
    {
        await SetAsync(Short);
        var agent = await ConnectAsync();
        await agent.BeatAsync();
        var gone = agent.GoneAsync();

        var took = await Site.Clock.AdvanceAsync(TimeSpan.FromSeconds(1), gone);

        Assert.Equal(GoAwayReason.Silent, (await gone).Reason);
        Assert.InRange(took, TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(28));
    }

    [Fact]
    public async Task Times_that_do_not_fit_together_keep_no_agent_out()
    {
        await SetAsync(new BackendTiming { Silence = TimeSpan.FromHours(1) });

        var welcome = await NewAgent().WelcomedAsync();

        Assert.Equal((30_000, 60_000), (welcome.SilenceTimeoutMs, welcome.LeaseTtlMs));
    }

    [Theory]
    [InlineData(30, 30, 60, "Heartbeat")]
    [InlineData(10, 60, 60, "Silence")]
    [InlineData(1, 5, 10, "Margin")]
    [InlineData(10, 30, 90_000, "24 hours")]
    [InlineData(0, 30, 60, "above zero")]
    public void What_does_not_fit_is_named(int heartbeat, int silence, int lease, string word)
    {
        var timing = LinkTiming.Of(new CoordinatorOptions(), new BackendTiming
        {
            Heartbeat = TimeSpan.FromSeconds(heartbeat),
            Silence = TimeSpan.FromSeconds(silence),
            Lease = TimeSpan.FromSeconds(lease),
        });

        Assert.Contains(word, timing.Problem);
    }

    private Task SetAsync(BackendTiming timing) => Site.Database.WriteAsync(async (db, token) =>
    {
        var backend = await db.Backends.SingleAsync(backend => backend.Id == Study.Backend.Id, token);
        backend.Timing = timing;
        return true;
    });

    private Task<DateTimeOffset> ExpiryAsync() => Site.Database.ReadAsync(db => db.AgentSessions.Select(session => session.ExpiresAt).SingleAsync());
}
