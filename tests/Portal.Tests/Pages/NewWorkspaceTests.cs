using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Audit;
using JobServer.Portal.Tests.CodeHosts;
using JobServer.TestCommon;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Pages;

public sealed class NewWorkspaceTests
{
    private const string Repository = "https://github.com/MediciaAI/TestTeam";

    [Fact]
    public async Task A_workspace_of_a_repository_and_branch_is_made_and_noted_with_who_made_it()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        await using var site = await StartAsync(gitHub);
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(study.Study.Developer);

        var response = await CreateAsync(browser, study, "project2workspace", Repository + ".git", "main");

        Assert.Equal($"{study.Project}/project2workspace", response.Headers.Location!.ToString());
        var page = await browser.PageAsync($"{study.Project}/project2workspace");
        Assert.Equal("project2workspace", page.QuerySelector("h1")!.TextContent);
        Assert.NotNull(page.QuerySelector($"a[href='{Repository}']"));
        Assert.NotNull(page.QuerySelector($"a[href='{Repository}/tree/main']"));
        Assert.Contains(study.Study.Developer.FullName, page.QuerySelector("section:has(> #details)")!.TextContent);
        var entry = await site.Data.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Act == AuditAct.WorkspaceCreated));
        Assert.Equal(study.Study.Developer.Id, entry.ActorId);
        Assert.Contains("project2workspace", entry.Details);
    }

    [Theory]
    [InlineData("", Repository, "main", "Input.Name", "Enter a name")]
    [InlineData("my study", Repository, "main", "Input.Name", "letters, digits, hyphens")]
    [InlineData("new-workspace", Repository, "main", "Input.Name", "in its own addresses")]
    [InlineData("2026", Repository, "main", "Input.Name", "number of a request")]
    [InlineData("fresh", "", "main", "Input.Repository", "Enter the address")]
    [InlineData("fresh", "https://evil.example/a/b", "main", "Input.Repository", "not the address of a repository on this site's code host")]
    [InlineData("fresh", "https://me:ghp_secret@github.com/MediciaAI/TestTeam", "main", "Input.Repository", "without a user name, a token")]
    [InlineData("fresh", "https://github.com/MediciaAI/Hidden", "main", "Input.Repository", "if the repository is private")]
    [InlineData("fresh", Repository, "", "Input.Branch", "Enter the name of a branch")]
    [InlineData("fresh", Repository, "mian", "Input.Branch", "no branch 'mian'")]
    public async Task What_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
        string name, string repository, string branch, string field, string message)
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        await using var site = await StartAsync(gitHub);
        var study = await StudySite.MakeAsync(site);

        var response = await CreateAsync(await site.SignInAsync(study.Study.Developer), study, name, repository, branch);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = PortalSite.Parse(await response.Content.ReadAsStringAsync());
        var id = field.Replace('.', '_');
        Assert.Contains(message, page.GetElementById(id + "_error")!.TextContent);
        Assert.NotNull(page.QuerySelector($".error-summary a[href='#{id}']"));
        Assert.Equal([name, repository, branch], page.QuerySelectorAll("main input.form-control:not([type=password])").Select(input => ((IHtmlInputElement)input).Value));
    }

    [Fact]
    public async Task A_branch_without_a_project_file_is_refused()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        gitHub.Instead = context => context.Request.Path.Value!.Contains("/contents/", StringComparison.Ordinal) ? Results.NotFound() : null;
        await using var site = await StartAsync(gitHub);
        var study = await StudySite.MakeAsync(site);

        var response = await CreateAsync(await site.SignInAsync(study.Study.Developer), study, "fresh", Repository, "main");

        Assert.Contains("has no project.yaml at its top", WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_name_is_taken_on_the_whole_site_whatever_its_letter_case()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        await using var site = await StartAsync(gitHub);
        var study = await StudySite.MakeAsync(site);
        var other = await StudySite.MakeAsync(site);

        var response = await CreateAsync(
            await site.SignInAsync(study.Study.Developer), study, other.Study.Workspace.Slug.ToUpperInvariant(), Repository, "main");

        Assert.Contains("on this site already", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_private_repository_is_looked_at_with_a_token_that_stays_in_the_browser()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        await using var site = await StartAsync(gitHub);
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(study.Study.Developer);

        var response = await CreateAsync(browser, study, "hidden", "https://github.com/MediciaAI/Hidden", "main", FakeGitHub.GoodToken);

        Assert.Equal($"{study.Project}/hidden", response.Headers.Location!.ToString());
        Assert.DoesNotContain(FakeGitHub.GoodToken, string.Join(' ', response.Headers.GetValues("Set-Cookie")));
        Assert.Contains("This browser has a token", (await browser.PageAsync($"{study.Project}/hidden")).QuerySelector("section:has(> #token)")!.TextContent);
        await Secrets.AssertNotInDatabaseAsync(site.Data.Database, FakeGitHub.GoodToken);
    }

    [Fact]
    public async Task A_token_that_was_refused_is_not_sent_back_to_the_page()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        await using var site = await StartAsync(gitHub);
        var study = await StudySite.MakeAsync(site);

        var response = await CreateAsync(
            await site.SignInAsync(study.Study.Developer), study, "hidden", "https://github.com/MediciaAI/Hidden", "main", "ghp_expired");

        var html = await response.Content.ReadAsStringAsync();
        Assert.NotNull(PortalSite.Parse(html).GetElementById("Input_Token_error"));
        Assert.DoesNotContain("ghp_expired", html);
    }

    private static Task<PortalSite> StartAsync(FakeGitHub gitHub) =>
        PortalSite.StartAsync(new Dictionary<string, string?> { ["CodeHosts:GitHub:ApiAddress"] = gitHub.Address });

    private static async Task<HttpResponseMessage> CreateAsync(
        Browser browser, StudySite study, string name, string repository, string branch, string token = "")
    {
        var page = await browser.PageAsync($"{study.Project}/new-workspace/");
        return await browser.SubmitAsync(
            (IHtmlFormElement)page.QuerySelector("main form")!,
            ("Input.Name", name), ("Input.Repository", repository), ("Input.Branch", branch), ("Input.Token", token));
    }
}
