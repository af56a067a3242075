using JobServer.Data.Jobs;
using JobServer.TestCommon;

namespace JobServer.Portal.Tests.Runs;

/// <summary>The state of the last run beside each action to choose from.</summary>
public sealed class LastJobsTests
{
    [RequiresProgram("git")]
    public async Task An_open_page_follows_what_is_run_and_leaves_the_choices_alone()
    {
        await using var site = await RunsSite.StartAsync();
        using var dora = await site.DeveloperAsync();
        var page = await dora.PageAsync(site.Address + "/run-jobs/");
        var places = page.QuerySelectorAll("#action-list [id^=last-]");
        Assert.Equal(["Never run", "Never run", "Never run"], places.Select(place => place.TextContent.Trim()));
        Assert.DoesNotContain("hx-swap-oob", page.QuerySelector("#action-list")!.InnerHtml, StringComparison.Ordinal);
        using var events = await dora.EventsAsync(page.QuerySelector("[sse-connect]")!.GetAttribute("sse-connect")!);

        await site.SubmitAsync("first");
        var pending = Drawn(await LiveEvents.UntilAsync(events, "event: changed"));
        await site.Data.Get<JobCancellations>().CancelRequestAsync(1, site.Study.Developer.Id, CancellationToken.None);
        var cancelled = Drawn(await LiveEvents.UntilAsync(events, "event: changed"));

        var drawn = Assert.Single(pending.QuerySelectorAll("[hx-swap-oob=true]"));
        Assert.Equal(places[0].Id, drawn.Id);
        Assert.Contains("Pending", drawn.TextContent, StringComparison.Ordinal);
        Assert.Contains("Cancelled", Assert.Single(cancelled.QuerySelectorAll($"#{places[0].Id}")).TextContent, StringComparison.Ordinal);
        Assert.Empty(cancelled.QuerySelectorAll("input"));
        Assert.Equal("none", page.QuerySelector("[sse-connect] [sse-swap=changed]")!.GetAttribute("hx-swap"));
    }

    private static AngleSharp.Html.Dom.IHtmlDocument Drawn(string change) =>
        PortalSite.Parse(string.Join('\n', change.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..])));
}
