using JobServer.Contracts.V1;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data;
using Microsoft.EntityFrameworkCore;
using Frame = JobServer.Contracts.V1.CoordinatorFrame.FrameOneofCase;

namespace JobServer.Coordinator.Tests.Agents;

public sealed class HelloTests : CoordinatorTest
{
    [Fact]
    public async Task A_hello_is_answered_with_an_epoch_and_the_timing()
    {
        var welcome = await NewAgent().WelcomedAsync();

        Assert.Equal(1, welcome.SessionEpoch);
        Assert.Equal(10_000, welcome.HeartbeatIntervalMs);
        Assert.Equal(30_000, welcome.SilenceTimeoutMs);
        Assert.Equal(60_000, welcome.LeaseTtlMs);
        Assert.Equal(AgentMode.Active, welcome.Mode);
        Assert.NotEmpty(welcome.HistoryId);
        Assert.NotEmpty(welcome.CoordinatorId);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(0, 0)]
    public async Task An_agent_of_another_protocol_is_told_which_is_spoken(int min, int max)
    {
        var refuse = await RefusedAsync(hello => (hello.ProtocolMin, hello.ProtocolMax) = (min, max));

        Assert.Equal(RefuseReason.ProtocolVersion, refuse.Reason);
        Assert.Contains("speaks protocol 1", refuse.Message);
        Assert.Equal(30_000, refuse.RetryAfterMs);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("has a space in it")]
    [InlineData("../../../etc/passwd")]
    public async Task An_id_that_is_no_identifier_is_refused(string id)
    {
        Assert.Equal(RefuseReason.BadHello, (await RefusedAsync(hello => hello.AgentId = id)).Reason);
        Assert.Equal(RefuseReason.BadHello, (await RefusedAsync(hello => hello.JournalId = id)).Reason);
        Assert.Equal(RefuseReason.BadHello, (await RefusedAsync(hello => hello.InstanceId = id)).Reason);
        Assert.False(await Site.Database.ReadAsync(db => db.Agents.AnyAsync()));
    }

    [Fact]
    public async Task An_inventory_with_something_that_is_no_attempt_is_refused()
    {
        var refuse = await RefusedAsync(hello => hello.Inventory.Add(new InventoryItem { Attempt = new Attempt { JobId = "no job", Fence = 1 } }));

        Assert.Equal(RefuseReason.BadHello, refuse.Reason);
    }

    [Fact]
    public async Task Whoever_does_not_begin_with_hello_is_refused()
    {
        var agent = NewAgent();
        await agent.SendAsync(new AgentFrame { SessionEpoch = 1, Credits = ScriptedAgent.Credits(1) });

        Assert.Equal(RefuseReason.BadHello, (await agent.ReadAsync(Frame.Refuse)).Refuse.Reason);
    }

    [Fact]
    public async Task Whoever_says_nothing_is_refused_after_ten_seconds()
    {
        var agent = NewAgent();

        var frame = await MeanwhileAsync(TimeSpan.FromSeconds(2), agent.ReadAsync(Frame.Refuse));

        Assert.Equal(RefuseReason.BadHello, frame.Refuse.Reason);
    }

    [Fact]
    public async Task An_agent_id_belongs_to_the_backend_of_its_first_hello()
    {
        await NewAgent().WelcomedAsync();
        var elsewhere = NewAgent(await Site.CreateTokenAsync(await Site.CreateBackendAsync()));

        var answer = await elsewhere.HelloAsync();

        Assert.Equal(RefuseReason.OtherBackend, answer.Refuse.Reason);
        Assert.Contains("state directory", answer.Refuse.Message);
    }

    [Fact]
    public async Task A_newer_session_of_an_agent_ends_the_older()
    {
        var older = await ConnectAsync();

        var newer = await ConnectAsync();

        Assert.Equal(2, newer.Epoch);
        Assert.Equal(GoAwayReason.Superseded, (await older.GoneAsync()).Reason);
        Assert.NotNull(await newer.BeatAsync());
        Assert.Equal(["superseded", null], await Site.Database.ReadAsync(
            db => db.AgentSessions.OrderBy(session => session.Epoch).Select(session => session.EndReason).ToListAsync()));
    }

    [Fact]
    public async Task What_an_agent_says_of_itself_is_kept_without_control_characters()
    {
        await NewAgent().WelcomedAsync(hello => hello.DisplayName = "site\u001b[31m\nred");

        Assert.Equal("site[31mred", await Site.Database.ReadAsync(db => db.Agents.Select(agent => agent.DisplayName).SingleAsync()));
    }

    private async Task<Refuse> RefusedAsync(Action<Hello> change)
    {
        var agent = NewAgent();
        var answer = await agent.HelloAsync(change);
        Assert.Equal(Frame.Refuse, answer.FrameCase);
        Assert.Null(await agent.ReadAsync());
        return answer.Refuse;
    }
}
