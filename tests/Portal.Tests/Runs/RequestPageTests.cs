using AngleSharp.Dom;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Runs;

public sealed class RequestPageTests
{
    [RequiresProgram("git")]
    public async Task The_picture_says_the_state_of_each_job_and_a_table_says_the_same()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync();
        var first = await site.Data.JobAsync(1, "first");
        await site.Data.Database.ReadAsync(db => db.Jobs.Where(job => job.Id == first.Id).ExecuteUpdateAsync(set => set
            .SetProperty(job => job.State, JobState.Succeeded).SetProperty(job => job.StatusCode, JobStatusCode.Succeeded)));
        using var visitor = site.Visitor();

        var page = await visitor.PageAsync(site.Address + "/1");

        Assert.Equal(["first: Succeeded", "second: Pending", "third: Pending"], page.QuerySelectorAll("svg.drawing title").Select(title => title.TextContent));
        Assert.Equal("tone-good", page.QuerySelector("svg.drawing g")!.ClassName);
        Assert.Equal(2, page.QuerySelectorAll("svg.drawing > path").Length);
        Assert.Equal(
            ["first Nothing Succeeded", "second first Pending", "third second Pending"],
            page.QuerySelectorAll("#picture-table tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent))));
    }

    [RequiresProgram("git")]
    public async Task The_file_is_coloured_in_the_page_and_comes_whole_as_plain_text()
    {
        await using var site = await RunsSite.StartAsync();
        await site.Data.TrySubmitAsync(site.Study, ProjectYaml.Chain + "\n# <script>alert(1)</script>\n", "first");
        using var visitor = site.Visitor();

        var page = await visitor.PageAsync(site.Address + "/1");
        using var plain = await visitor.GetAsync(site.Address + "/1/project.yaml");
        using var missing = await visitor.GetAsync(site.Address + "/2/project.yaml");

        Assert.Contains("actions", page.QuerySelectorAll("#project-yaml .yaml-key").Select(key => key.TextContent));
        Assert.Equal("# <script>alert(1)</script>", page.QuerySelector("#project-yaml .yaml-comment")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("#project-yaml script"));
        Assert.Equal("text/plain", plain.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith("</script>\n", await plain.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, missing.StatusCode);
    }

    [RequiresProgram("git")]
    public async Task A_file_that_is_longer_than_a_page_can_be_is_cut_and_linked()
    {
        await using var site = await RunsSite.StartAsync();
        await site.Data.TrySubmitAsync(site.Study, ProjectYaml.Chain + string.Concat(Enumerable.Repeat("\n# more", 2_000)), "first");
        using var visitor = site.Visitor();

        var page = await visitor.PageAsync(site.Address + "/1");

        Assert.Equal(1_000, page.QuerySelectorAll("#project-yaml .yaml-line").Length);
        Assert.Equal(site.Address + "/1/project.yaml", page.QuerySelector("#project-yaml a")!.GetAttribute("href"));
    }

    [RequiresProgram("git")]
    public async Task Two_requests_are_compared_by_actions_and_by_lines_of_the_file()
    {
        await using var site = await RunsSite.StartAsync();
        await site.SubmitAsync("first");
        await site.Data.TrySubmitAsync(site.Study, ProjectYaml.Chain.Replace("output/third.csv", "output/other.csv", StringComparison.Ordinal), "third");
        using var visitor = site.Visitor();
        var request = await visitor.PageAsync(site.Address + "/2");

        var page = await visitor.PageAsync(request.QuerySelectorAll("main a").Single(link => link.TextContent == "What changed since request 1").GetAttribute("href")!);

        Assert.Equal("What changed since request 1", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["third", "first"], page.QuerySelectorAll(".facts dd").Select(value => value.TextContent));
        Assert.Contains("output/third.csv", Assert.Single(page.QuerySelectorAll(".diff .removed")).TextContent);
        Assert.Contains("output/other.csv", Assert.Single(page.QuerySelectorAll(".diff .added")).TextContent);
        using var first = await visitor.GetAsync(site.Address + "/1/compare");
        Assert.Equal(site.Address + "/1", first.Headers.Location!.ToString());
        await visitor.PageAsync(site.Address + "/3/compare", System.Net.HttpStatusCode.NotFound);
    }
}
