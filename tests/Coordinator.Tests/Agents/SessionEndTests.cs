using JobServer.Contracts.V1;
using JobServer.Coordinator.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Coordinator.Tests.Agents;

/// <summary>Every session ends once, in its row too, and the agent is told why.</summary>
public sealed class SessionEndTests : CoordinatorTest
{
    [Fact]
    public async Task A_silent_agent_is_dropped_after_the_silence_timeout()
    {
        var agent = await ConnectAsync();
        await agent.BeatAsync();
        var gone = agent.GoneAsync();

        var took = await Site.Clock.AdvanceAsync(TimeSpan.FromSeconds(1), gone);

        Assert.Equal(GoAwayReason.Silent, (await gone).Reason);
        Assert.InRange(took, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(35));
        await SessionEndsAsync(agent.Id, agent.Epoch);
    }

    [Fact]
    public async Task A_session_reaches_an_age_and_is_renewed()
    {
        var agent = await ConnectAsync();
        var age = TimeSpan.Zero;
        var last = await BeatAsync();
        while (last.HeartbeatAck is not null && age < TimeSpan.FromHours(1))
        {
            Site.Clock.Advance(TimeSpan.FromSeconds(20));
            age += TimeSpan.FromSeconds(20);
            last = await BeatAsync();
        }

        Assert.Equal(GoAwayReason.SessionAge, last.GoAway?.Reason);
        Assert.InRange(age, TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(50));

        // Each beat is answered before time goes on, so that a slow machine never looks like a silent agent.
        async Task<CoordinatorFrame> BeatAsync()
        {
            await agent.SendAsync(new AgentFrame { Heartbeat = new Heartbeat { SentAt = 1 } });
            return await agent.ReadAsync(frame => frame.HeartbeatAck is not null || frame.GoAway is not null);
        }
    }

    [Fact]
    public async Task A_goodbye_ends_the_session()
    {
        var agent = await ConnectAsync();

        await agent.ByeAsync();

        Assert.Null(await agent.ReadAsync());
        await SessionEndsAsync(agent.Id, agent.Epoch);
    }

    [Fact]
    public async Task A_broken_connection_ends_the_session()
    {
        var agent = await ConnectAsync();

        agent.Dispose();

        await SessionEndsAsync(agent.Id, agent.Epoch);
    }

    [Fact]
    public async Task A_frame_of_another_epoch_ends_the_session()
    {
        var agent = await ConnectAsync();

        await agent.SendAsync(new AgentFrame { SessionEpoch = agent.Epoch + 1, Credits = ScriptedAgent.Credits(1) });

        Assert.Equal(GoAwayReason.ProtocolError, (await agent.GoneAsync()).Reason);
    }

    [Fact]
    public async Task A_second_hello_ends_the_session()
    {
        var agent = await ConnectAsync();

        await agent.SendAsync(new AgentFrame { Hello = new Hello() });

        Assert.Equal(GoAwayReason.ProtocolError, (await agent.GoneAsync()).Reason);
    }

    [Fact]
    public async Task A_frame_over_the_size_limit_ends_the_session()
    {
        var agent = await ConnectAsync();

        await agent.ReportAsync(new Attempt { JobId = "0123456789abcdef", Fence = 1 }, 1, StatusKind.Executing, status => status.Message = new string('x', 300 * 1024));

        Assert.Equal(GoAwayReason.ProtocolError, (await agent.GoneAsync()).Reason);
        await SessionEndsAsync(agent.Id, agent.Epoch);
    }

    [Fact]
    public async Task A_frame_of_no_known_kind_is_ignored()
    {
        var agent = await ConnectAsync();

        await agent.SendAsync(new AgentFrame());

        Assert.NotNull(await agent.BeatAsync());
    }

    [Fact]
    public async Task A_revoked_agent_is_sent_away_at_once()
    {
        var agent = await ConnectAsync();
        await Site.Database.WriteAsync((db, token) => db.Agents.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Mode, Domain.Agents.AgentMode.Revoked).SetProperty(row => row.DesiredRevision, row => row.DesiredRevision + 1), token));

        var gone = await MeanwhileAsync(TimeSpan.FromMilliseconds(250), agent.GoneAsync());

        Assert.Equal(GoAwayReason.Revoked, gone.Reason);
        Assert.Contains("revoked", gone.Message);
        var again = (await NewAgent().HelloAsync()).GoAway;
        Assert.Equal((GoAwayReason.Revoked, 600_000), (again.Reason, again.ReconnectAfterMs));
    }

    [Fact]
    public async Task The_acknowledged_heartbeat_is_the_one_behind_the_committed_renewal()
    {
        var agent = await ConnectAsync();
        Assert.Equal(0, (await agent.BeatAsync(100)).RenewedBy);
        Site.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, (await agent.BeatAsync(200)).RenewedBy);
        Site.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(300, (await agent.BeatAsync(300)).RenewedBy);
        Site.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(300, (await agent.BeatAsync(400)).RenewedBy);

        Assert.Equal(Site.Now.AddSeconds(50), await Site.Database.ReadAsync(db => db.AgentSessions.Select(session => session.ExpiresAt).SingleAsync()));
    }
}
