using System.Net;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;

namespace JobServer.Portal.Tests.Releases;

public sealed class ReleasesPageTests
{
    [Fact]
    public async Task The_first_row_has_the_most_recent_files_and_the_releases_follow_newest_first()
    {
        await using var site = await ReleasesSite.StartAsync();
        var older = await site.ReleaseAsync(("output/a.csv", "old"), ("output/b.csv", "b"));
        var newer = await site.ReleaseAsync(("output/a.csv", "new"));
        var browser = await site.SignInAsync(site.Study.Developer);

        var page = await browser.PageAsync($"{site.Address}/releases");

        var rows = page.QuerySelectorAll("section.release");
        Assert.Equal(3, rows.Length);
        Assert.Equal("All outputs", rows[0].QuerySelector("h2")!.TextContent);
        Assert.Equal(
            [$"{site.Address}/outputs/latest?file={newer.Files[0].Id}", $"{site.Address}/outputs/latest?file={older.Files[1].Id}"],
            rows[0].QuerySelectorAll("li a.name").Select(link => link.GetAttribute("href")!));
        Assert.Equal(
            [$"{site.Address}/releases/{newer.Id}", $"{site.Address}/releases/{older.Id}"],
            rows.Skip(1).Select(row => row.QuerySelector("a.btn-primary")!.GetAttribute("href")!));
        Assert.Contains("1 file", rows[1].TextContent);
        Assert.Contains("2 files", rows[2].TextContent);
        Assert.Contains(site.Study.Backend.Name, rows[1].TextContent);
        Assert.Contains(site.Study.Developer.FullName, rows[1].TextContent);
        Assert.Contains($"high_privacy/workspaces/{site.Study.Workspace.Slug}/output/a.csv", rows[1].TextContent);
        Assert.Equal(
            [$"{site.Address}/outputs/latest/download/", $"{site.Address}/releases/{newer.Id}/download/", $"{site.Address}/releases/{older.Id}/download/"],
            page.QuerySelectorAll("a").Where(link => link.TextContent.Contains("Download all", StringComparison.Ordinal)).Select(link => link.GetAttribute("href")!));
        Assert.Single(page.QuerySelectorAll("h1"));
    }

    [Fact]
    public async Task Visitors_see_that_files_were_released_but_no_names_and_no_files()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("output/a.csv", "a"));

        var page = await site.Visitor().PageAsync($"{site.Address}/releases");

        Assert.Contains(site.Study.Backend.Name, page.QuerySelector("main")!.TextContent);
        Assert.Contains("Sign in to see released files.", page.QuerySelector("main .notice")!.TextContent);
        Assert.DoesNotContain(site.Study.Developer.FullName, page.DocumentElement.TextContent);
        Assert.DoesNotContain("output/a.csv", page.DocumentElement.InnerHtml);
        Assert.DoesNotContain(release.Id, page.DocumentElement.InnerHtml);
        Assert.DoesNotContain("1 file", page.DocumentElement.TextContent);
    }

    [Fact]
    public async Task Without_the_role_the_page_says_which_role_is_missing_and_who_can_give_it()
    {
        await using var site = await ReleasesSite.StartAsync();
        await site.ReleaseAsync(("output/a.csv", "a"));

        var page = await (await site.SignInAsync()).PageAsync($"{site.Address}/releases");

        var notice = page.QuerySelector("main .notice")!.TextContent;
        Assert.Contains("Project Collaborator or Project Developer or Output Checker or Output Publisher", notice);
        Assert.Contains("a Project Coordinator of the project or a Core Developer", notice);
        Assert.DoesNotContain("output/a.csv", page.DocumentElement.InnerHtml);
        Assert.Empty(page.QuerySelectorAll("main a.btn"));
    }

    [Theory]
    [InlineData(ReleasePolicy.Reviewed, Role.OutputChecker, true)]
    [InlineData(ReleasePolicy.Automatic, Role.OutputChecker, true)]
    [InlineData(ReleasePolicy.Reviewed, Role.ProjectDeveloper, false)]
    [InlineData(ReleasePolicy.Automatic, Role.ProjectDeveloper, true)]
    [InlineData(ReleasePolicy.Automatic, Role.ProjectCollaborator, false)]
    [InlineData(ReleasePolicy.Automatic, Role.OutputPublisher, false)]
    public async Task Delete_is_offered_to_those_who_may(ReleasePolicy policy, Role role, bool isOffered)
    {
        await using var site = await ReleasesSite.StartAsync();
        await site.ReleaseAsync(policy, ("output/a.csv", "a"));

        var page = await (await site.SignInAsync(role)).PageAsync($"{site.Address}/releases");

        Assert.Equal(isOffered, page.QuerySelectorAll("a.btn-outline-danger").Length > 0);
        Assert.Equal(!isOffered, page.QuerySelector("main")!.TextContent.Contains("you need the role", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deleted_file_stays_in_the_list_with_who_and_why_and_without_a_link()
    {
        await using var site = await ReleasesSite.StartAsync();
        var file = (await site.ReleaseAsync(("output/a.csv", "a"))).Files[0];
        var checker = await site.Data.CreateUserAsync(Role.OutputChecker);
        await site.RedactAsync(file, checker, "It names a practice.");

        var page = await (await site.SignInAsync(site.Study.Developer)).PageAsync($"{site.Address}/releases");

        var row = page.QuerySelectorAll("section.release")[1].QuerySelector("li")!;
        Assert.Contains("output/a.csv", row.QuerySelector("del")!.TextContent);
        Assert.Contains(checker.FullName, row.TextContent);
        Assert.Contains("It names a practice.", row.TextContent);
        Assert.Empty(row.QuerySelectorAll("a"));
    }

    [Fact]
    public async Task A_workspace_without_releases_says_what_will_be_here()
    {
        await using var site = await ReleasesSite.StartAsync();

        var page = await site.Visitor().PageAsync($"{site.Address.ToUpperInvariant()}/Releases/");

        Assert.Contains("No files were released yet", page.QuerySelector(".empty")!.TextContent);
    }

    [Fact]
    public async Task Many_releases_come_in_pages()
    {
        await using var site = await ReleasesSite.StartAsync();
        for (var number = 0; number < 21; number++)
        {
            await site.ReleaseAsync(($"output/{number}.csv", "a"));
        }

        var browser = site.Visitor();

        Assert.Equal(20, (await browser.PageAsync($"{site.Address}/releases")).QuerySelectorAll("section.release").Length);
        Assert.Single((await browser.PageAsync($"{site.Address}/releases?page=2")).QuerySelectorAll("section.release"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"{site.Address}/releases?page=x")).StatusCode);
    }

    [Fact]
    public async Task The_releases_of_all_workspaces_of_a_project_are_listed_without_what_a_reader_may_not_see()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("output/a.csv", "a"), ("output/b.csv", "b"));
        var address = site.Address[..site.Address.LastIndexOf('/')] + "/releases";

        var seen = await (await site.SignInAsync(site.Study.Developer)).PageAsync(address);
        Assert.Equal($"{site.Address}/releases/{release.Id}", seen.QuerySelector(".rows a.name")!.GetAttribute("href"));
        Assert.Contains("2 files", seen.QuerySelector(".rows")!.TextContent);
        var visited = await site.Visitor().PageAsync(address);
        Assert.Equal($"{site.Address}/releases", visited.QuerySelector(".rows a.name")!.GetAttribute("href"));
        Assert.DoesNotContain("2 files", visited.QuerySelector("main")!.TextContent);
        Assert.DoesNotContain(site.Study.Developer.FullName, visited.QuerySelector("main")!.TextContent);
    }
}
