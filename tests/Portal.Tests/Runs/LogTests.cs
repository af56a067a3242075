using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using JobServer.Data.Jobs;
using JobServer.TestCommon;

namespace JobServer.Portal.Tests.Runs;

public sealed class LogTests
{
    [RequiresProgram("git")]
    public async Task Runs_are_listed_newest_first_25_to_a_page()
    {
        await using var site = await RunsSite.StartAsync();
        for (var number = 1; number <= 27; number++)
        {
            await site.SubmitAsync("first");
            await site.Data.Get<JobCancellations>().CancelRequestAsync(number, site.Study.Developer.Id, CancellationToken.None);
        }

        using var visitor = site.Visitor();

        var first = await visitor.PageAsync(site.Address + "/logs/");
        var next = first.QuerySelector("nav.pager a[rel=next]")!.GetAttribute("href")!;
        var second = await visitor.PageAsync(next);

        Assert.Equal(Enumerable.Range(3, 25).Reverse().Select(number => number.ToString()), Numbers(first));
        Assert.Equal(["2", "1"], Numbers(second));
        Assert.Null(second.QuerySelector("nav.pager a[rel=next]"));
        var back = await visitor.PageAsync(second.QuerySelector("nav.pager a[rel=prev]")!.GetAttribute("href")!);
        Assert.Equal(Numbers(first), Numbers(back));
        Assert.Null(back.QuerySelector("nav.pager a[rel=prev]"));
    }

    [RequiresProgram("git")]
    public async Task The_way_back_stops_at_every_page()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitManyAsync(60);
        using var visitor = site.Visitor();

        var third = await visitor.PageAsync("/event-log?before=11");
        var second = await visitor.PageAsync(third.QuerySelector("nav.pager a[rel=prev]")!.GetAttribute("href")!);
        var first = await visitor.PageAsync(second.QuerySelector("nav.pager a[rel=prev]")!.GetAttribute("href")!);

        Assert.Equal("35", Numbers(second)[0]);
        Assert.Equal("60", Numbers(first)[0]);
        Assert.Equal(25, Numbers(first).Length);
    }

    [RequiresProgram("git")]
    public async Task Filters_stay_in_the_addresses_of_other_pages()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitManyAsync(30);
        using var dora = await site.DeveloperAsync();

        var page = await dora.PageAsync("/event-log?backend=north&user=dora&workspace=reviews&status=cancelled&job=fir");

        Assert.Equal(25, Numbers(page).Length);
        var next = page.QuerySelector("nav.pager a[rel=next]")!.GetAttribute("href")!;
        Assert.Equal("/event-log?job=fir&backend=north&status=cancelled&user=dora&workspace=reviews&before=6", next);
        Assert.Equal(["5", "4", "3", "2", "1"], Numbers(await dora.PageAsync(next)));
        Assert.Equal("/event-log", page.QuerySelectorAll(".run-filters a").Single(link => link.TextContent == "Clear all filters").GetAttribute("href"));
    }

    [RequiresProgram("git")]
    public async Task Rows_change_in_place_and_new_runs_are_announced_by_a_button()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync("first");
        using var visitor = site.Visitor();
        var page = await visitor.PageAsync("/event-log");
        var address = page.QuerySelector("[sse-connect]")!.GetAttribute("sse-connect")!;
        using var events = await visitor.EventsAsync(address);

        await site.SubmitAsync("third");
        var announced = await LiveEvents.UntilAsync(events, "1 new run");
        await site.Data.Get<JobCancellations>().CancelRequestAsync(1, site.Study.Developer.Id, CancellationToken.None);
        var changed = await LiveEvents.UntilAsync(events, "Cancelled");

        Assert.DoesNotContain("id=\"request-2\"", announced, StringComparison.Ordinal);
        Assert.Contains("id=\"request-1\"", changed, StringComparison.Ordinal);
        Assert.Contains("href=\"/event-log\"", changed, StringComparison.Ordinal);
    }

    [RequiresProgram("git")]
    public async Task The_log_of_a_workspace_is_live_too()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync("first");
        using var visitor = site.Visitor();
        var page = await visitor.PageAsync($"{site.Address}/logs/?next=/gad");
        using var events = await visitor.EventsAsync(page.QuerySelector("[sse-connect]")!.GetAttribute("sse-connect")!);

        await site.Data.Get<JobCancellations>().CancelRequestAsync(1, site.Study.Developer.Id, CancellationToken.None);

        Assert.Contains("id=\"request-1\"", await LiveEvents.UntilAsync(events, "Cancelled"), StringComparison.Ordinal);
    }

    [RequiresProgram("git")]
    public async Task A_run_that_the_filter_leaves_out_is_not_announced()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync("first");
        using var dora = await site.DeveloperAsync();
        var page = await dora.PageAsync("/event-log?job=second");
        using var events = await dora.EventsAsync(page.QuerySelector("[sse-connect]")!.GetAttribute("sse-connect")!);
        await site.Data.Get<JobCancellations>().CancelRequestAsync(1, site.Study.Developer.Id, CancellationToken.None);

        await site.SubmitAsync("first");
        await site.Data.Get<JobCancellations>().CancelRequestAsync(2, site.Study.Developer.Id, CancellationToken.None);
        await site.SubmitAsync("second");

        Assert.DoesNotContain("2 new runs", await LiveEvents.UntilAsync(events, "1 new run"), StringComparison.Ordinal);
    }

    [RequiresProgram("git")]
    public async Task Live_rows_take_no_address_that_no_page_has()
    {
        await using var site = await RunsSite.StartAsync();
        using var visitor = site.Visitor();
        string[] hostile = ["rows=x", "rows=-1", "rows=" + string.Join('.', Enumerable.Range(1, 26)), "rows=1&backend=nowhere", "rows=1&user=dora"];

        foreach (var query in hostile)
        {
            using var response = await visitor.GetAsync("/event-log/live?" + query);
            Assert.True(response.StatusCode == System.Net.HttpStatusCode.BadRequest, query);
        }
    }

    [RequiresProgram("git")]
    public async Task What_is_typed_into_a_filter_is_completed()
    {
        await using var site = await RunsSite.StartAsync();
        await site.Data.CreateBackendAsync(slug: "south");
        using var dora = await site.DeveloperAsync();
        using var visitor = site.Visitor();

        var page = await dora.PageAsync("/event-log");
        Assert.Equal(["north", "south"], Options(page, "#choices-backend option"));
        Assert.Equal(["reviews"], Options(page, "#choices-workspace option"));
        Assert.Equal(["south"], Options(await dora.PageAsync("/event-log/choices/backend?backend=SOU"), "option"));
        Assert.Equal(["dora"], Options(await dora.PageAsync("/event-log/choices/user?user=person"), "option"));
        Assert.Empty(Options(await dora.PageAsync("/event-log/choices/user?user=%25_"), "option"));
        await visitor.PageAsync("/event-log/choices/user?user=d", System.Net.HttpStatusCode.NotFound);
        Assert.Empty((await visitor.PageAsync("/event-log")).QuerySelectorAll("#filter-user, #choices-user"));

        static IEnumerable<string?> Options(IHtmlDocument page, string selector) => page.QuerySelectorAll(selector).Select(option => option.GetAttribute("value"));
    }

    [RequiresProgram("git")]
    public async Task An_action_of_very_many_jobs_is_found_too()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync("third");
        await site.AddJobsAsync(requestId: 1, count: 5_100, action: "many");
        using var visitor = site.Visitor();

        Assert.Equal(["1"], Numbers(await visitor.PageAsync("/event-log?job=many")));
        Assert.Equal(["1"], Numbers(await visitor.PageAsync(site.Address + "/logs?job=many_1")));
        Assert.Empty(Numbers(await visitor.PageAsync("/event-log?job=manyx")));
    }

    [RequiresProgram("git")]
    public async Task Show_jobs_lists_the_jobs_of_a_run()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        var job = await site.Data.JobAsync(1, "second");
        using var dora = await site.DeveloperAsync();

        var page = await dora.PageAsync("/event-log");

        var details = page.QuerySelector("#request-1 .run-jobs details")!;
        Assert.Equal(3, details.QuerySelectorAll("details > table > tbody > tr").Length);
        Assert.Contains(job.Id, details.TextContent);
        Assert.Contains(job.StatusMessage, details.TextContent);
        Assert.Contains($"{site.Address}/1/{job.Id}", details.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Contains("0 / 3", page.QuerySelector("#request-1")!.TextContent);
    }

    [RequiresProgram("git")]
    public async Task Each_filter_leaves_what_it_names()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync("first");
        await site.SubmitAsync("third");
        var job = await site.Data.JobAsync(2, "third");
        var request = await site.Data.RequestAsync(1);
        await site.Data.Get<JobCancellations>().CancelRequestAsync(2, site.Study.Developer.Id, CancellationToken.None);
        using var dora = await site.DeveloperAsync();

        Assert.Equal(["2"], await FindAsync("job=third"));
        Assert.Equal(["2"], await FindAsync("job=thi"));
        Assert.Empty(await FindAsync("job=hird"));
        Assert.Empty(await FindAsync("job=Third"));
        Assert.Equal(["2"], await FindAsync($"job={job.Id[..9]}"));
        Assert.Equal(["2"], await FindAsync($"job={job.Id.ToUpperInvariant()}"));
        Assert.Equal(["1"], await FindAsync("request=1"));
        Assert.Equal(["1"], await FindAsync($"request={request.Identifier}"));
        Assert.Equal(["2"], await FindAsync($"request={job.Id}"));
        Assert.Equal(["2", "1"], await FindAsync("backend=north"));
        Assert.Equal(["1"], await FindAsync("status=pending"));
        Assert.Equal(["2"], await FindAsync("status=cancelled"));
        Assert.Equal(["2", "1"], await FindAsync("user=dora&workspace=reviews"));
        Assert.Equal(["1"], await FindAsync("user=dora&status=pending"));
        Assert.Equal(["2"], await FindAsync("user=dora&status=cancelled&backend=north"));
        Assert.Equal(["1"], await FindAsync("workspace=reviews&status=pending&user=dora&backend=north"));
        Assert.Empty(await FindAsync("workspace=reviews&status=failed"));
        Assert.Empty(await FindAsync("job=%25"));

        async Task<IReadOnlyList<string>> FindAsync(string query) => Numbers(await dora.PageAsync("/event-log?" + query));
    }

    [RequiresProgram("git")]
    public async Task A_filter_that_cannot_be_understood_is_answered_in_words()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        using var visitor = site.Visitor();

        Assert.Contains("no job request ID", await ProblemAsync("request=abc"));
        Assert.Contains("no such status", await ProblemAsync("status=<script>"));
        Assert.Contains("no such backend", await ProblemAsync("backend=nowhere"));
        Assert.Contains("no such workspace", await ProblemAsync("workspace=nowhere"));
        Assert.Contains("Sign in", await ProblemAsync("user=dora"));
        Assert.Contains("no such page", await ProblemAsync("before=-1"));

        async Task<string> ProblemAsync(string query)
        {
            var page = await visitor.PageAsync("/event-log?" + query);
            Assert.Empty(Numbers(page));
            return page.QuerySelector("main [role=alert]")!.TextContent;
        }
    }

    private static string[] Numbers(IHtmlDocument page) => [.. page.QuerySelectorAll(".run-table > tbody > tr:first-child > th").Select(cell => cell.TextContent.Trim())];
}
