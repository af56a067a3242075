using System.Net;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Portal.Releases;

namespace JobServer.Portal.Tests.Releases;

public sealed class ViewerTests
{
    [Fact]
    public async Task A_table_shows_with_its_name_digest_and_size_and_the_name_opens_the_file_alone()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("output/genes.csv", "gene,n\nBRCA1,12\n"), ("output/notes.txt", "hello"));
        var browser = await site.SignInAsync(site.Study.Developer);

        var page = await browser.PageAsync($"{site.Address}/releases/{release.Id.ToLowerInvariant()}?file={release.Files[0].Id}");

        var name = page.QuerySelector(".viewer-name a")!;
        Assert.StartsWith($"high_privacy/workspaces/{site.Study.Workspace.Slug}/output/genes.csv", name.TextContent);
        Assert.Equal($"/api/v2/releases/file/{release.Files[0].Id}", name.GetAttribute("href"));
        Assert.Equal("_blank", name.GetAttribute("target"));
        Assert.Contains(release.Files[0].Digest, page.QuerySelector(".viewer-facts")!.TextContent);
        Assert.Equal(["gene", "n"], page.QuerySelectorAll("thead th").Select(cell => cell.TextContent));
        Assert.Equal(["BRCA1", "12"], page.QuerySelectorAll("tbody td").Select(cell => cell.TextContent));
        Assert.Contains("1 row, 2 columns", page.QuerySelector("caption")!.TextContent);
        Assert.Equal("0", page.QuerySelector(".viewer-table")!.GetAttribute("tabindex"));
        Assert.Equal(["genes.csv", "notes.txt"], page.QuerySelectorAll(".viewer-files bdi").Select(item => item.TextContent));
        Assert.Single(page.QuerySelectorAll(".viewer-files a[aria-current=true]"));
    }

    [Fact]
    public async Task Files_are_filtered_without_script_and_the_filter_stays_in_the_links()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("output/a.csv", "a"), ("output/deep/b.csv", "b"), ("output/deep/c.txt", "c"));
        var browser = await site.SignInAsync(Role.ProjectCollaborator);

        var page = await browser.PageAsync($"{site.Address}/releases/{release.Id}?q=DEEP%2Fb");

        Assert.Equal("b.csv", Assert.Single(page.QuerySelectorAll(".viewer-files bdi")).TextContent);
        Assert.EndsWith("output/deep/", Assert.Single(page.QuerySelectorAll(".viewer-folder")).TextContent);
        Assert.EndsWith("&q=DEEP%2Fb", page.QuerySelector(".viewer-files a")!.GetAttribute("href"));
        Assert.Contains("1 of 3 files match", page.QuerySelector("[role=status]")!.TextContent);
    }

    [Fact]
    public async Task Each_kind_of_file_shows_in_its_own_way()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(
            ("a.png", "no png"), ("b.svg", "<svg/>"), ("c.json", "{\"n\":1}"), ("d.yaml", "n: 1"), ("e.html", "<p>hi</p>"), ("f.rds", "x"), ("g.csv", ""), ("h.csv", "\"a"));
        var browser = await site.SignInAsync(site.Study.Developer);
        async Task<AngleSharp.Html.Dom.IHtmlDocument> Open(int file) =>
            await browser.PageAsync($"{site.Address}/releases/{release.Id}?file={release.Files[file].Id}");
        string AddressOf(int file) => $"/api/v2/releases/file/{release.Files[file].Id}";

        Assert.Equal(AddressOf(0), (await Open(0)).QuerySelector("img.file-picture")!.GetAttribute("src"));
        var svg = await Open(1);
        Assert.Equal(AddressOf(1), svg.QuerySelector("img.file-picture")!.GetAttribute("src"));
        Assert.Empty(svg.QuerySelectorAll(".viewer-file svg:not(.icon)"));
        Assert.Equal("{\n  \"n\": 1\n}", (await Open(2)).QuerySelector("pre")!.TextContent.ReplaceLineEndings("\n"));
        Assert.Equal("n: 1", (await Open(3)).QuerySelector("pre")!.TextContent);
        var frame = (await Open(4)).QuerySelector("iframe")!;
        Assert.Equal(AddressOf(4), frame.GetAttribute("src"));
        Assert.Equal("", frame.GetAttribute("sandbox"));
        Assert.Contains("cannot be previewed", (await Open(5)).QuerySelector(".viewer-file")!.TextContent);
        Assert.Contains("empty", (await Open(6)).QuerySelector(".viewer-file")!.TextContent);
        Assert.Contains("not a well-formed CSV", (await Open(7)).QuerySelector(".viewer-file")!.TextContent);
    }

    [Fact]
    public async Task A_table_of_any_size_is_read_part_by_part_and_a_row_has_an_address()
    {
        await using var site = await ReleasesSite.StartAsync();
        var text = "n,twice\n" + string.Concat(Enumerable.Range(1, 3_000_000 / 8).Select(n => $"{n},{2 * n}\n"));
        var release = await site.ReleaseAsync(("output/long.csv", text), ("b.txt", new string('x', 30_000_000)));
        var browser = await site.SignInAsync(site.Study.Developer);
        var address = $"{site.Address}/releases/{release.Id}?file={release.Files[0].Id}";

        var page = await browser.PageAsync(address);
        Assert.Equal("Rows 1 to 1,000 of 375,000, 2 columns", page.QuerySelector("caption")!.TextContent);
        page = await browser.PageAsync(page.QuerySelector(".row-pager a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(["1001", "2002"], page.QuerySelectorAll("tbody tr:first-child bdi").Select(cell => cell.TextContent));
        page = await browser.PageAsync(address + "&row=374999");
        Assert.Contains("374999", page.QuerySelectorAll("tbody td:first-child bdi").Select(cell => cell.TextContent));
        Assert.Null(page.QuerySelector(".row-pager a[rel=next]"));
        Assert.Equal(release.Files[0].Id, page.QuerySelector(".row-pager input[name=file]")!.GetAttribute("value"));
        Assert.Contains("Rows 1 to", (await browser.PageAsync(address + "&row=nonsense")).QuerySelector("caption")!.TextContent);
        Assert.Contains("This is the beginning", (await browser.PageAsync($"{site.Address}/releases/{release.Id}?file={release.Files[1].Id}")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Markdown_is_shown_formatted_in_a_frame_without_rights_and_its_HTML_is_text()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("notes.md", "# Title\n\n<script>x</script>\n\n[a](javascript:alert(1))\n\n|a|b|\n|-|-|\n|1|2|\n"));
        var browser = await site.SignInAsync(site.Study.Developer);

        var frame = (await browser.PageAsync($"{site.Address}/releases/{release.Id}")).QuerySelector("iframe")!;
        var answer = await browser.GetAsync(frame.GetAttribute("src")!);
        var shown = PortalSite.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal("", frame.GetAttribute("sandbox"));
        Assert.StartsWith("default-src 'none'; sandbox;", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("Title", shown.QuerySelector("h1")!.TextContent);
        Assert.Equal(["1", "2"], shown.QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Empty(shown.QuerySelectorAll("script"));
        Assert.Contains("<script>x</script>", shown.Body!.TextContent);
        Assert.Equal("# Title", (await (await browser.GetAsync($"/api/v2/releases/file/{release.Files[0].Id}")).Content.ReadAsStringAsync())[..7]);
    }

    [Fact]
    public async Task The_only_file_of_a_release_is_open_and_of_several_none_is()
    {
        await using var site = await ReleasesSite.StartAsync();
        var one = await site.ReleaseAsync(("a.txt", "hello"));
        var two = await site.ReleaseAsync(("b.txt", "b"), ("c.txt", "c"));
        var browser = await site.SignInAsync(site.Study.Developer);

        Assert.Equal("hello", (await browser.PageAsync($"{site.Address}/releases/{one.Id}")).QuerySelector("pre")!.TextContent);
        Assert.Contains("Choose a file", (await browser.PageAsync($"{site.Address}/releases/{two.Id}")).QuerySelector(".viewer-file")!.TextContent);
    }

    [Fact]
    public async Task A_deleted_newest_version_is_said_to_be_deleted_and_no_older_one_takes_its_place()
    {
        await using var site = await ReleasesSite.StartAsync();
        var older = await site.ReleaseAsync(("output/a.csv", "old"), ("output/b.csv", "b"));
        var newer = await site.ReleaseAsync(("output/a.csv", "new"));
        await site.RedactAsync(newer.Files[0], site.Study.Developer);
        var browser = await site.SignInAsync(site.Study.Developer);

        var page = await browser.PageAsync($"{site.Address}/outputs/latest");

        Assert.Equal("a.csv", Assert.Single(page.QuerySelectorAll(".viewer-files del")).TextContent);
        Assert.Equal(2, page.QuerySelectorAll(".viewer-files li").Length);
        Assert.DoesNotContain(older.Files[0].Id, page.DocumentElement.InnerHtml);
        var deleted = await browser.PageAsync($"{site.Address}/outputs/latest?file={newer.Files[0].Id}");
        Assert.Contains("It names a practice.", deleted.QuerySelector(".viewer-file .notice")!.TextContent);
        await browser.PageAsync($"{site.Address}/outputs/latest?file={older.Files[0].Id}", HttpStatusCode.NotFound);
        await browser.PageAsync($"{site.Address}/releases/{older.Id}?file={older.Files[0].Id}");
    }

    [Fact]
    public async Task Addresses_that_were_tampered_with_lead_nowhere()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("a.txt", "a"));
        var other = await site.ReleaseAsync(("b.txt", "b"));
        var elsewhere = await site.Data.CreateWorkspaceAsync(site.Study.Project, site.Study.Developer);
        var sibling = site.Address[..site.Address.LastIndexOf('/')] + "/" + elsewhere.Slug;
        var browser = await site.SignInAsync(Role.OutputChecker);

        foreach (var address in new[]
        {
            $"{site.Address}/releases/{new string('0', 26)}",
            $"{site.Address}/releases/x",
            $"{site.Address}/releases/{release.Id}?file={other.Files[0].Id}",
            $"{site.Address}/releases/{release.Id}?file=../x",
            $"{sibling}/releases/{release.Id}",
            $"{sibling}/releases/{release.Id}/download/",
            $"{sibling}/releases/{release.Id}/{release.Files[0].Id}/delete/",
            $"{site.Address}/releases/{other.Id}/{release.Files[0].Id}/delete/",
            $"{sibling}/outputs/latest/download/",
        })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(address)).StatusCode);
        }
    }

    [Theory]
    [InlineData("releases/{0}")]
    [InlineData("releases/{0}/download/")]
    [InlineData("outputs/latest")]
    [InlineData("outputs/latest/download/")]
    public async Task Files_are_for_people_with_the_role_only(string address)
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("a.txt", "a"));
        var full = $"{site.Address}/{string.Format(address, release.Id)}";

        var visitor = await site.Visitor().GetAsync(full);
        Assert.Equal(HttpStatusCode.Redirect, visitor.StatusCode);
        Assert.StartsWith("/login", visitor.Headers.Location!.ToString());
        var refused = await (await site.SignInAsync(Role.ProjectCoordinator)).PageAsync(full, HttpStatusCode.Forbidden);
        Assert.Contains("Project Collaborator", refused.QuerySelector("main")!.TextContent);
        foreach (var role in new[] { Role.ProjectCollaborator, Role.ProjectDeveloper, Role.OutputChecker, Role.OutputPublisher })
        {
            Assert.Equal(HttpStatusCode.OK, (await (await site.SignInAsync(role)).GetAsync(full)).StatusCode);
        }
    }
}
