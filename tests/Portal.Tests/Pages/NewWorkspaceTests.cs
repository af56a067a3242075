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
        gitHub.Files["Hidden/project.yaml"] = "version: '3.0'";
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

    [Fact]
    public async Task A_branch_that_is_misspelt_is_answered_with_those_that_are_near()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        gitHub.Instead = context => context.Request.Path.Value!.EndsWith("/branches", StringComparison.Ordinal)
            ? Results.Json(new[] { "zebra", "main", "develop", "mains", "feature/long", "other", "<b>bold</b>" }.Select(name => new { name, commit = new { sha = FakeGitHub.Sha } }))
            : null;
        await using var site = await StartAsync(gitHub);
        var study = await StudySite.MakeAsync(site);

        var response = await CreateAsync(await site.SignInAsync(study.Study.Developer), study, "fresh", Repository, "mian");

        var page = PortalSite.Parse(await response.Content.ReadAsStringAsync());
        Assert.Contains("Its nearest branches are 'main', 'mains'", page.GetElementById("Input_Branch_error")!.TextContent);
        Assert.Null(page.QuerySelector("button[name=Unread]"));
    }

    [Fact]
    public async Task A_repository_that_cannot_be_seen_can_be_saved_unread_by_a_second_button()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        await using var site = await StartAsync(gitHub);
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(study.Study.Developer);
        var refused = PortalSite.Parse(await (await CreateAsync(browser, study, "hidden", "https://github.com/MediciaAI/Hidden", "main")).Content.ReadAsStringAsync());
        Assert.Contains("does not tell whether it is absent or private", refused.GetElementById("Input_Repository_error")!.TextContent);
        Assert.True(refused.QuerySelector("details.more")!.HasAttribute("open"));
        Assert.Contains("The repository was not read", refused.QuerySelector("form .notice")!.TextContent);

        var form = (IHtmlFormElement)refused.QuerySelector("main form")!;
        var created = await browser.SubmitAsync(
            form, ("Input.Name", "hidden"), ("Input.Repository", "https://github.com/MediciaAI/Hidden"), ("Input.Branch", "main"), ("Unread", "true"));

        Assert.Equal($"{study.Project}/hidden", created.Headers.Location!.ToString());
        Assert.Contains("Its repository was not read", (await browser.PageAsync($"{study.Project}/hidden")).Body!.TextContent);
    }

    [Theory]
    [InlineData("https://evil.example/a/b", "main", "not the address of a repository")]
    [InlineData(Repository, "ma in", "cannot be the name of a branch")]
    public async Task Even_unread_the_address_and_branch_must_be_ones(string repository, string branch, string message)
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(study.Study.Developer);
        var form = (IHtmlFormElement)(await browser.PageAsync($"{study.Project}/new-workspace/")).QuerySelector("main form")!;

        var response = await browser.SubmitAsync(form, ("Input.Name", "fresh"), ("Input.Repository", repository), ("Input.Branch", branch), ("Unread", "true"));

        Assert.Contains(message, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_makes_one_workspace()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        await using var site = await StartAsync(gitHub);
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(study.Study.Developer);

        var answers = await Task.WhenAll(
            CreateAsync(await site.SignInAsync(study.Study.Developer), study, "twice", Repository, "main"), CreateAsync(browser, study, "twice", Repository, "main"));

        Assert.All(answers, answer => Assert.Equal($"{study.Project}/twice", answer.Headers.Location?.ToString()));
        Assert.Equal(1, await site.Data.Database.ReadAsync(db => db.Workspaces.CountAsync(row => row.Slug == "twice")));
        Assert.Equal(1, await site.Data.Database.ReadAsync(db => db.AuditEntries.CountAsync(row => row.Act == AuditAct.WorkspaceCreated)));
    }

    [Fact]
    public async Task A_name_is_judged_while_it_is_typed()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(study.Study.Developer);

        async Task<string> AnswerAsync(string name) => WebUtility.HtmlDecode(
            await (await browser.GetAsync($"{study.Project}/new-workspace/?handler=Name&Input.Name={Uri.EscapeDataString(name)}")).Content.ReadAsStringAsync());

        Assert.Contains("This name is free", await AnswerAsync("fresh"));
        Assert.Contains("on this site already", await AnswerAsync(study.Study.Workspace.Slug));
        Assert.Contains("letters, digits, hyphens", await AnswerAsync("<script>"));
    }

    [Theory]
    [InlineData("down")]
    [InlineData("limited")]
    [InlineData("nonsense")]
    [InlineData("list")]
    [InlineData("silent")]
    public async Task A_code_host_in_trouble_is_named_and_what_was_typed_is_kept(string trouble)
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        gitHub.Instead = _ => trouble switch
        {
            "down" => Results.StatusCode(503),
            "limited" => Results.StatusCode(429),
            "nonsense" => Results.Text("<html>Proxy error</html>", "text/html"),
            "list" => Results.Json(new[] { 1, 2 }),
            _ => new Silence(),
        };
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?>
        {
            ["CodeHosts:GitHub:ApiAddress"] = gitHub.Address,
            ["CodeHosts:Deadline"] = "00:00:01",
        });
        var study = await StudySite.MakeAsync(site);

        var response = await CreateAsync(await site.SignInAsync(study.Study.Developer), study, "fresh", Repository, "main");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = PortalSite.Parse(await response.Content.ReadAsStringAsync());
        Assert.Matches("GitHub|The code host does not answer", page.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("fresh", ((IHtmlInputElement)page.GetElementById("Input_Name")!).Value);
        Assert.NotNull(page.QuerySelector("button[name=Unread]"));
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

    private sealed class Silence : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Task.Delay(Timeout.Infinite, httpContext.RequestAborted);
    }
}
