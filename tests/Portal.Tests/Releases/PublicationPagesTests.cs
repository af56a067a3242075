using System.IO.Compression;
using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Releases;

public sealed class PublicationPagesTests
{
    [Fact]
    public async Task Files_are_asked_for_published_read_by_everybody_and_taken_back_by_their_pages()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("output/a.csv", "group,count\nwomen,120\n"), ("output/private.csv", "secret"));
        var file = $"/api/v2/releases/file/{release.Files[0].Id}";
        var (developer, visitor, publisher) = (await site.SignInAsync(site.Study.Developer), site.Visitor(), await site.SignInAsync(Role.OutputPublisher));

        var page = await AskAsync(site, developer, release.Files[1].Id);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(page)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync(file)).StatusCode);
        var desk = await publisher.PageAsync("/publications");
        Assert.Equal(page, desk.QuerySelector(".rows a")!.GetAttribute("href"));
        await SubmitAsync(publisher, page, "handler=Decide", ("approve", "true"));

        var seen = await visitor.PageAsync(page);
        Assert.Contains("women", seen.QuerySelector(".viewer-table")!.TextContent);
        Assert.DoesNotContain("private.csv", seen.Body!.TextContent);
        Assert.DoesNotContain(site.Study.Developer.FullName, seen.Body.TextContent);
        Assert.DoesNotContain("The article appears", seen.Body.TextContent);
        Assert.Equal("group,count\nwomen,120\n", await (await visitor.GetAsync(file)).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync($"/api/v2/releases/file/{release.Files[1].Id}")).StatusCode);
        Assert.Equal(["a.csv"], await ZipAsync(visitor, page));
        Assert.Contains("Tables of the article", (await visitor.PageAsync(site.Address[..site.Address.LastIndexOf('/')])).QuerySelector("main")!.TextContent);
        Assert.Contains("Tables of the article", (await visitor.PageAsync(site.Address + "/published")).QuerySelector("main")!.TextContent);

        await SubmitAsync(publisher, page, "handler=Unpublish", ("Why", "A count was too small."));
        var gone = await visitor.GetAsync(page);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        var text = await gone.Content.ReadAsStringAsync();
        Assert.Contains("no longer public", text);
        Assert.DoesNotContain("too small", text);
        Assert.DoesNotContain("a.csv", text);
        Assert.DoesNotContain("Tables of the article", text);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync(file)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(page + "/download/")).StatusCode);
        Assert.Contains("A count was too small.", (await developer.PageAsync(page)).QuerySelector("main")!.TextContent);
        Assert.DoesNotContain("Tables of the article", (await visitor.PageAsync(site.Address[..site.Address.LastIndexOf('/')])).Body!.TextContent);
    }

    [Fact]
    public async Task A_published_file_that_is_deleted_is_gone_for_everybody_without_the_reason_for_the_public()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("output/a.csv", "a"), ("output/b.csv", "secret"));
        var (developer, visitor, publisher) = (await site.SignInAsync(site.Study.Developer), site.Visitor(), await site.SignInAsync(Role.OutputPublisher));
        var page = await AskAsync(site, developer);
        await SubmitAsync(publisher, page, "handler=Decide", ("approve", "true"));
        await site.RedactAsync(release.Files[1], site.Study.Developer, "It names a practice.");

        var seen = (await visitor.PageAsync(page)).Body!.TextContent;
        Assert.Contains("1 file of it was deleted since", seen);
        Assert.DoesNotContain("b.csv", seen);
        Assert.DoesNotContain("It names a practice.", seen);
        Assert.DoesNotContain(site.Study.Developer.FullName, seen);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"{page}?file={release.Files[1].Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/api/v2/releases/file/{release.Files[1].Id}")).StatusCode);
        Assert.Equal(["a.csv"], await ZipAsync(visitor, page, notWords: ["secret", "It names a practice.", site.Study.Developer.FullName]));
        Assert.Contains("It names a practice.", (await developer.PageAsync($"{page}?file={release.Files[1].Id}")).Body!.TextContent);
    }

    [Fact]
    public async Task A_refusal_needs_words_and_the_author_reads_them_and_can_ask_again()
    {
        await using var site = await ReleasesSite.StartAsync();
        await site.ReleaseAsync(("output/a.csv", "a"));
        var (developer, publisher) = (await site.SignInAsync(site.Study.Developer), await site.SignInAsync(Role.OutputPublisher));
        var page = await AskAsync(site, developer);
        Assert.Contains("waits for its decision", (await developer.PageAsync(site.Address + "/published/ask")).Body!.TextContent);

        var form = Form(await publisher.PageAsync(page), "handler=Decide");
        var answer = PortalSite.Parse(await (await publisher.SubmitAsync(form, ("approve", "false"))).Content.ReadAsStringAsync());
        Assert.Contains("Say why not", answer.GetElementById("Comment_error")!.TextContent);
        await SubmitAsync(publisher, page, "handler=Decide", ("approve", "false"), ("Comment", "Round the totals."));

        Assert.Contains("Round the totals.", (await developer.PageAsync(page)).QuerySelector("main")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().GetAsync(page)).StatusCode);
        var again = await AskAsync(site, developer);
        Assert.NotEqual(page, again);
        await SubmitAsync(developer, again, "handler=Withdraw");
        Assert.Contains("Withdrawn", (await developer.PageAsync(again)).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Only_an_output_publisher_who_did_not_ask_sees_the_decision_and_only_they_can_take_it()
    {
        await using var site = await ReleasesSite.StartAsync();
        await site.ReleaseAsync(("output/a.csv", "a"));
        var both = await site.Data.CreateUserAsync(Role.OutputPublisher);
        await site.Data.AddMemberAsync(site.Study.Project, both, Role.ProjectDeveloper);
        var author = await site.SignInAsync(both);
        var page = await AskAsync(site, author);

        Assert.Contains("another Output Publisher decides", (await author.PageAsync(page)).QuerySelector("#decide")!.TextContent);
        var developer = await site.SignInAsync(site.Study.Developer);
        Assert.Contains("Output Publisher", (await developer.PageAsync(page)).QuerySelector("#decide")!.TextContent);
        Assert.Empty((await developer.PageAsync(page)).QuerySelectorAll("form[action*=Decide]"));
        foreach (var browser in new[] { author, developer })
        {
            var form = Form(await browser.PageAsync(page), "handler=Withdraw");
            form.SetAttribute("action", page + "?handler=Decide");
            await browser.SubmitAsync(form, ("approve", "true"));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().GetAsync(page)).StatusCode);
    }

    [Fact]
    public async Task A_request_without_title_reason_or_files_keeps_what_was_typed()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("output/a.csv", "a"));
        var developer = await site.SignInAsync(site.Study.Developer);
        var form = Form(await developer.PageAsync(site.Address + "/published/ask"), "/published/ask");

        var answer = PortalSite.Parse(await (await developer.SubmitAsync(form, ("Title", ""), ("Reason", "short"))).Content.ReadAsStringAsync());
        Assert.Contains("Give a title", answer.GetElementById("Title_error")!.TextContent);
        Assert.Contains("Say why, in 10 to", answer.GetElementById("Reason_error")!.TextContent);
        Assert.Equal("short", answer.GetElementById("Reason")!.TextContent);
        answer = PortalSite.Parse(await (await developer.SubmitAsync(
            form, ("Title", "Tables"), ("Reason", "The article appears."), ("LeftOut", release.Files[0].Id))).Content.ReadAsStringAsync());
        Assert.Contains("Keep at least one", answer.QuerySelector("main")!.TextContent);
        await site.ReleaseAsync(("output/late.csv", "late"));
        answer = PortalSite.Parse(await (await developer.SubmitAsync(form, ("Title", "Tables"), ("Reason", "The article appears."))).Content.ReadAsStringAsync());
        Assert.Contains("a file was released or deleted while you had this page open", answer.QuerySelector("main")!.TextContent);
        Assert.Contains("late.csv", answer.QuerySelector("main")!.TextContent);
        var again = Form(answer, "/published/ask");
        Assert.Equal(HttpStatusCode.Redirect, (await developer.SubmitAsync(again, ("Title", "Tables"), ("Reason", "The article appears."))).StatusCode);
        Assert.Equal(2, await site.Data.Database.ReadAsync(db => db.PublicationFiles.CountAsync()));
    }

    [Fact]
    public async Task A_publication_of_one_workspace_is_not_at_the_address_of_another()
    {
        await using var site = await ReleasesSite.StartAsync();
        await site.ReleaseAsync(("output/a.csv", "a"));
        var page = await AskAsync(site, await site.SignInAsync(site.Study.Developer));
        await SubmitAsync(await site.SignInAsync(Role.OutputPublisher), page, "handler=Decide", ("approve", "true"));
        var other = await site.Data.CreateStudyAsync();
        var organisation = await site.Data.Database.ReadAsync(db => db.Organisations.SingleAsync(row => row.Id == other.Project.OrganisationId));

        var wrong = $"/{organisation.Slug}/{other.Project.Slug}/{other.Workspace.Slug}/published/{page[(page.LastIndexOf('/') + 1)..]}";

        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().GetAsync(wrong)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().GetAsync(wrong + "/download")).StatusCode);
    }

    /// <returns>The address of the publication's page.</returns>
    private static async Task<string> AskAsync(ReleasesSite site, Browser developer, string leftOut = "")
    {
        var form = Form(await developer.PageAsync(site.Address + "/published/ask"), "/published/ask");
        var answer = await developer.SubmitAsync(form, ("Title", "Tables of the article"), ("Reason", "The article appears."), ("LeftOut", leftOut));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private static async Task SubmitAsync(Browser browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var answer = await browser.SubmitAsync(Form(await browser.PageAsync(page), action), fields);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static async Task<IReadOnlyList<string>> ZipAsync(Browser browser, string page, params string[] notWords)
    {
        var answer = await browser.GetAsync(page + "/download/");
        using var zip = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            var text = await reader.ReadToEndAsync();
            Assert.All(notWords, word => Assert.DoesNotContain(word, text));
        }

        return [.. zip.Entries.Select(entry => entry.Name)];
    }

    private static IHtmlFormElement Form(IHtmlDocument page, string action) =>
        page.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().Single(form => form.GetAttribute("action")!.Contains(action, StringComparison.Ordinal));
}
