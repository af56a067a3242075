using System.Net;
using System.Text.Json;
using JobServer.Domain.Backends;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Pages;

public sealed class StatusTests
{
    [Theory]
    [InlineData(30, BackendMode.Active, "Online")]
    [InlineData(31, BackendMode.Active, "Silent")]
    [InlineData(1, BackendMode.Paused, "Online Paused")]
    [InlineData(60, BackendMode.Draining, "Silent Draining")]
    [InlineData(1, BackendMode.DatabaseMaintenance, "Online Database maintenance")]
    [InlineData(null, BackendMode.Active, "Never connected")]
    public async Task Each_backend_shows_how_it_is_doing(int? secondsAgo, BackendMode mode, string pills)
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var backend = await site.Data.CreateBackendAsync();
        await site.Data.Database.WriteAsync(async (db, token) =>
        {
            var row = await db.Backends.SingleAsync(row => row.Id == backend.Id, token);
            row.LastSeenAt = secondsAgo is { } seconds ? site.Data.Now.AddSeconds(-seconds) : null;
            row.Mode = mode;
            row.ModeMessage = "Back at noon.";
            return true;
        });

        var card = (await site.NewBrowser().PageAsync("/status")).QuerySelector(".card-grid > li")!;

        Assert.Equal(backend.Name, card.QuerySelector("h2")!.TextContent);
        Assert.Equal(pills, string.Join(' ', card.QuerySelectorAll(".pill").Select(pill => pill.TextContent.Trim())));
        Assert.Equal(mode != BackendMode.Active, card.TextContent.Contains("Back at noon.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Jobs_are_counted_and_members_are_told_that_they_are()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        await site.Data.SubmitAsync(study.Study, ProjectYaml.Chain, "third");
        var agent = await site.Data.OpenSessionAsync(study.Study.Backend);
        await agent.StartAsync(await agent.ClaimOneAsync());
        await site.Data.CreateBackendAsync(slug: "zzz");

        var cards = (await (await site.SignInAsync(study.Study.Developer)).PageAsync("/status")).QuerySelectorAll(".card-grid > li");

        Assert.Contains("You are a member", cards[0].TextContent);
        Assert.Equal(["1", "2"], cards[0].QuerySelectorAll("dd").Skip(1).Select(count => count.TextContent));
        Assert.DoesNotContain("You are a member", cards[1].TextContent);
        Assert.Equal(["0", "0"], cards[1].QuerySelectorAll("dd").Skip(1).Select(count => count.TextContent));
    }

    [Theory]
    [InlineData(5, HttpStatusCode.OK, "online")]
    [InlineData(31, HttpStatusCode.ServiceUnavailable, "silent")]
    [InlineData(null, HttpStatusCode.ServiceUnavailable, "never_connected")]
    public async Task A_monitor_reads_the_state_of_one_backend_from_its_code_or_its_json(int? secondsAgo, HttpStatusCode code, string state)
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var backend = await site.Data.CreateBackendAsync(slug: "north");
        await SeenAsync(site, backend, secondsAgo);

        using var response = await site.NewBrowser().GetAsync("/status/NORTH/");

        Assert.Equal(code, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.CacheControl!.MaxAge);
        var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(("north", state, "active", 0, 0), (
            json.GetProperty("backend").GetString(), json.GetProperty("state").GetString(), json.GetProperty("mode").GetString(),
            json.GetProperty("runningJobs").GetInt32(), json.GetProperty("pendingJobs").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, (await site.NewBrowser().GetAsync("/status/south")).StatusCode);
    }

    [Fact]
    public async Task Monitors_that_ask_often_are_answered_from_the_same_second()
    {
        var count = new CommandCount();
        await using var site = await PortalSite.StartAsync(configure: count.AddTo, usesTestClock: true);
        await site.Data.CreateBackendAsync(slug: "north");
        await site.NewBrowser().GetAsync("/status/north");
        var before = count.Value;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => site.NewBrowser().GetAsync("/status/north")));
        Assert.Equal(before, count.Value);
        site.Data.Clock.Advance(TimeSpan.FromSeconds(1));
        await site.NewBrowser().GetAsync("/status/north");
        Assert.Equal(before + 1, count.Value);
    }

    private static Task<bool> SeenAsync(PortalSite site, Backend backend, int? secondsAgo) => site.Data.Database.WriteAsync(async (db, token) =>
    {
        var row = await db.Backends.SingleAsync(row => row.Id == backend.Id, token);
        row.LastSeenAt = secondsAgo is { } seconds ? site.Data.Now.AddSeconds(-seconds) : null;
        return true;
    });
}
