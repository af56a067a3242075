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
        Assert.Equal(["2"], await FindAsync($"job={job.Id.ToUpperInvariant()}"));
        Assert.Equal(["1"], await FindAsync("request=1"));
        Assert.Equal(["1"], await FindAsync($"request={request.Identifier}"));
        Assert.Equal(["2"], await FindAsync($"request={job.Id}"));
        Assert.Equal(["2", "1"], await FindAsync("backend=north"));
        Assert.Equal(["1"], await FindAsync("status=pending"));
        Assert.Equal(["2"], await FindAsync("status=cancelled"));
        Assert.Equal(["2", "1"], await FindAsync("user=dora&workspace=reviews"));
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
        Assert.Contains("no such page", await ProblemAsync("page=-1"));

        async Task<string> ProblemAsync(string query)
        {
            var page = await visitor.PageAsync("/event-log?" + query);
            Assert.Empty(Numbers(page));
            return page.QuerySelector("main [role=alert]")!.TextContent;
        }
    }

    private static string[] Numbers(IHtmlDocument page) => [.. page.QuerySelectorAll(".run-table > tbody > tr:first-child > th").Select(cell => cell.TextContent.Trim())];
}
