using System.Net;
using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.TestCommon;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Tests;

/// <summary>Starting and stopping. The container is checked as it is built: every test of a running host would fail.</summary>
public sealed class HostTests : SiteTest
{
    [Theory]
    [InlineData("http://0.0.0.0:0", "tokens in the clear")]
    [InlineData("http://192.0.2.1:5081", "tokens in the clear")]
    [InlineData("https://coordinator.example.org:5081", "names a host")]
    [InlineData("ftp://127.0.0.1:5081", "must begin with http")]
    [InlineData("5081", "is no address")]
    public void An_unsafe_address_is_refused_with_what_to_do(string listen, string problem)
    {
        var error = Assert.Throws<InvalidOperationException>(() => TestCoordinator.Create(Site, Setting("Coordinator:Listen", listen)));

        Assert.Contains(problem, error.Message);
        Assert.Contains(listen, error.Message);
    }

    [Theory]
    [InlineData("Coordinator:InternalToken", "too short", "InternalToken")]
    [InlineData("Coordinator:InternalToken", "", "InternalToken")]
    [InlineData("Coordinator:Silence", "00:00:05", "Heartbeat < Silence < Lease")]
    [InlineData("Coordinator:MaxUploadSize", "0", "MaxUploadSize")]
    [InlineData("Database:Provider", "Oracle", "Database:Provider must be one of")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string key, string value, string problem)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => TestCoordinator.StartAsync(Site, Setting(key, value)));

        Assert.Contains(problem, error.ToString());
    }

    [Fact]
    public async Task A_second_coordinator_on_the_same_file_is_refused()
    {
        await using var first = await TestCoordinator.StartAsync(Site);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestCoordinator.StartAsync(Site));

        Assert.Contains("Another Coordinator already serves the database", error.Message);
        Assert.Contains("use SQL Server for several", error.Message);
    }

    [Fact]
    public async Task A_stopped_coordinator_leaves_the_file_to_the_next()
    {
        await (await TestCoordinator.StartAsync(Site)).DisposeAsync();

        await using var next = await TestCoordinator.StartAsync(Site);
    }

    [Fact]
    public async Task A_new_database_is_migrated_before_anything_is_served()
    {
        var path = Path.Combine(Site.Database.Folder, "new", "jobserver.db");

        await using var coordinator = await TestCoordinator.StartAsync(Site, Setting("Database:ConnectionString", $"Data Source={path};Pooling=False"));

        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task The_health_check_needs_no_token()
    {
        await using var coordinator = await TestCoordinator.StartAsync(Site);
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        Assert.Equal("Healthy", await client.GetStringAsync($"http://{coordinator.Channel.Target}/health/live"));
    }

    [Fact]
    public async Task A_stopping_host_says_goodbye_and_ends_within_seconds_with_every_kind_of_stream_open()
    {
        var study = await Site.CreateStudyAsync();
        var token = await Site.CreateTokenAsync(study.Backend);
        await Site.SubmitAsync(study, ProjectYaml.One, "alone");
        await using var coordinator = await TestCoordinator.StartAsync(Site, clock: TimeProvider.System);
        using var agent = new ScriptedAgent(coordinator.Channel, token);
        await agent.WelcomedAsync();
        var attempt = await agent.TakeJobAsync();
        var begun = await coordinator.BeginAsync(token, agent.Begin(attempt, "output/alone.csv", "a,b\n"));
        using var upload = coordinator.Transfers().Upload(TestCoordinator.Bearer(token));
        await upload.RequestStream.WriteAsync(new UploadFrame { Header = new UploadHeader { Session = agent.Session, Attempt = attempt, UploadId = begun.UploadId } });
        using var watch = new PortalGateway.PortalGatewayClient(coordinator.Channel)
            .WatchChanges(new WatchChangesRequest(), TestCoordinator.Bearer(TestCoordinator.InternalToken));
        await watch.ResponseHeadersAsync;

        var start = TimeProvider.System.GetTimestamp();
        var stopping = coordinator.StopAsync();
        var gone = await agent.GoneAsync();
        var saidAfter = TimeProvider.System.GetElapsedTime(start);
        await stopping;

        Assert.Equal(GoAwayReason.Shutdown, gone.Reason);
        Assert.InRange(gone.ReconnectAfterMs, 0, 5000);
        Assert.InRange(saidAfter, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static Dictionary<string, string?> Setting(string key, string value) => new(StringComparer.Ordinal) { [key] = value };
}
