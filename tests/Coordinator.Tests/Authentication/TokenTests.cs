using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Logs;
using JobServer.Coordinator.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Coordinator.Tests.Authentication;

public sealed class TokenTests : CoordinatorTest
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("Bearer no-such-token")]
    [InlineData("Basic dXNlcjpwYXNz")]
    public async Task Without_a_known_token_nothing_is_served(string? authorization)
    {
        var headers = authorization is null ? new Metadata() : new Metadata { { "authorization", authorization } };

        Assert.Equal(StatusCode.Unauthenticated, await StatusOfConnectAsync(headers));
        Assert.Equal(StatusCode.Unauthenticated, await StatusOfQueryAsync(headers));
        Assert.Equal(StatusCode.Unauthenticated, await StatusOfRowsChangedAsync(headers));
    }

    [Fact]
    public async Task An_expired_token_is_no_token()
    {
        var token = await Site.CreateTokenAsync(Study.Backend, expiresAt: Site.Now.AddMinutes(1));
        using (var agent = new ScriptedAgent(Coordinator.Channel, token))
        {
            await agent.WelcomedAsync();
        }

        Site.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(StatusCode.Unauthenticated, await StatusOfConnectAsync(TestCoordinator.Bearer(token)));
    }

    [Fact]
    public async Task A_revoked_token_opens_nothing_and_ends_the_stream_within_a_second()
    {
        var agent = await ConnectAsync();
        await agent.BeatAsync();

        await RevokeAsync();

        Assert.Contains("revoked", (await MeanwhileAsync(TimeSpan.FromSeconds(1), agent.GoneAsync())).Message);
        Assert.Equal(StatusCode.Unauthenticated, await StatusOfConnectAsync(TestCoordinator.Bearer(Token)));
    }

    [Fact]
    public async Task An_agent_is_cut_off_as_soon_as_the_Portal_tells_that_its_token_was_revoked()
    {
        var agent = await ConnectAsync();
        await agent.BeatAsync();
        await RevokeAsync();
        var committed = TimeProvider.System.GetTimestamp();

        // The site's clock stands still, so the look of each second never comes: only being told can end the session.
        await new PortalGateway.PortalGatewayClient(Coordinator.Channel)
            .RowsChangedAsync(new RowsChangedRequest(), TestCoordinator.Bearer(TestCoordinator.InternalToken));
        var gone = await agent.GoneAsync();

        // Measured, for a second is what operators are promised between revoking a token and the end of its sessions.
        Assert.InRange(TimeProvider.System.GetElapsedTime(committed), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Contains("revoked", gone.Message);
    }

    [Fact]
    public async Task The_use_of_a_token_is_written_once_a_minute()
    {
        var agent = await ConnectAsync();
        await agent.BeatAsync();
        await Site.Clock.AdvanceAsync(TimeSpan.FromSeconds(1), Eventually.HoldsAsync(async () => await LastUsedAsync() is not null, "the first use"));
        var first = await LastUsedAsync();

        await TellAsync();
        await agent.BeatAsync();
        Assert.Equal(first, await LastUsedAsync());

        Site.Clock.Advance(TimeSpan.FromSeconds(20));
        await agent.BeatAsync();
        Site.Clock.Advance(TimeSpan.FromSeconds(20));
        await agent.BeatAsync();
        Site.Clock.Advance(TimeSpan.FromSeconds(21));
        await agent.BeatAsync();
        await TellAsync();
        await Eventually.HoldsAsync(async () => await LastUsedAsync() > first, "the use of the next minute");
    }

    [Fact]
    public async Task A_revoked_token_ends_a_log_stream_that_is_open()
    {
        var agent = await ConnectAsync();
        using var log = await LogSending.BeginAsync(Coordinator, Token, agent.Session);
        var streams = Coordinator.Get<LogStreams>();
        await Eventually.HoldsAsync(() => Task.FromResult(streams.Open == 1), "the stream is open");

        await RevokeAsync();
        await MeanwhileAsync(TimeSpan.FromSeconds(1), agent.GoneAsync());

        await Eventually.HoldsAsync(() => Task.FromResult(streams.Open == 0), "the end of the stream");
    }

    [Fact]
    public async Task An_agents_token_does_not_open_the_portals_door() =>
        Assert.Equal(StatusCode.Unauthenticated, await StatusOfRowsChangedAsync(TestCoordinator.Bearer(Token)));

    [Fact]
    public async Task The_portals_token_does_not_open_the_agents_doors()
    {
        var headers = TestCoordinator.Bearer(TestCoordinator.InternalToken);

        Assert.Equal(StatusCode.Unauthenticated, await StatusOfConnectAsync(headers));
        Assert.Equal(StatusCode.Unauthenticated, await StatusOfQueryAsync(headers));
        await new PortalGateway.PortalGatewayClient(Coordinator.Channel).RowsChangedAsync(new RowsChangedRequest(), headers);
    }

    private static async Task<StatusCode> StatusAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).StatusCode;

    private Task<DateTimeOffset?> LastUsedAsync() => Site.Database.ReadAsync(db => db.BackendTokens.Select(row => row.LastUsedAt).SingleAsync());

    private async Task TellAsync() => await new PortalGateway.PortalGatewayClient(Coordinator.Channel)
        .RowsChangedAsync(new RowsChangedRequest(), TestCoordinator.Bearer(TestCoordinator.InternalToken));

    private Task RevokeAsync() => Site.Database.WriteAsync((db, token) => db.BackendTokens.ExecuteUpdateAsync(
        set => set.SetProperty(row => row.RevokedAt, (DateTimeOffset?)Site.Now), token));

    private Task<StatusCode> StatusOfConnectAsync(Metadata headers) => StatusAsync(async () =>
    {
        using var call = new Contracts.V1.Agents.AgentsClient(Coordinator.Channel).Connect(headers);
        await call.ResponseStream.MoveNext(None);
    });

    private Task<StatusCode> StatusOfQueryAsync(Metadata headers) =>
        StatusAsync(async () => await Coordinator.Transfers().QueryUploadAsync(new QueryUploadRequest(), headers));

    private Task<StatusCode> StatusOfRowsChangedAsync(Metadata headers) =>
        StatusAsync(async () => await new PortalGateway.PortalGatewayClient(Coordinator.Channel).RowsChangedAsync(new RowsChangedRequest(), headers));
}
