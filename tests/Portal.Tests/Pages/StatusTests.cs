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
}
