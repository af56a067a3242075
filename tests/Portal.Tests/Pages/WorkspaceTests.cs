using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Audit;
using JobServer.Portal.Tests.CodeHosts;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Pages;

public sealed class WorkspaceTests
{
    private const string Token = "ghp_only_once";

    [Fact]
    public async Task The_newest_requests_and_the_ways_on_are_there()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var number = await site.Data.SubmitAsync(study.Study, ProjectYaml.One, "alone");

        var page = await (await site.SignInAsync(study.Study.Developer)).PageAsync(study.Workspace);

        Assert.All(
            [$"{study.Workspace}/run-jobs/", $"{study.Workspace}/logs/", $"{study.Workspace}/{number}", $"{study.Workspace}/releases", $"{study.Workspace}/outputs/latest"],
            address => Assert.NotNull(page.QuerySelector($"main a[href='{address}']")));
    }

    [Fact]
    public async Task Archiving_says_so_and_stops_new_runs_until_it_is_undone()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(study.Study.Developer);
        Assert.NotNull((await browser.PageAsync(study.Workspace)).QuerySelector("main form[action*='handler=Archive'] > button"));

        await SendAsync(browser, study, "Archive");

        var archived = await browser.PageAsync(study.Workspace);
        Assert.Contains("This workspace is archived", archived.QuerySelector(".notice-warning")!.TextContent);
        Assert.NotNull(archived.QuerySelector(".page-actions button[disabled]"));
        Assert.Null(archived.QuerySelector($"a[href='{study.Workspace}/run-jobs/']"));

        await SendAsync(browser, study, "Unarchive");

        Assert.NotNull((await browser.PageAsync(study.Workspace)).QuerySelector($"a[href='{study.Workspace}/run-jobs/']"));
        var entries = await site.Data.Database.ReadAsync(
            db => db.AuditEntries.Where(row => row.Act == AuditAct.WorkspaceArchived).OrderBy(row => row.Sequence).ToListAsync());
        Assert.Equal(["{\"archived\":true}", "{\"archived\":false}"], entries.Select(entry => entry.Details));
        Assert.All(entries, entry => Assert.Equal(study.Study.Developer.Id, entry.ActorId));
    }

    [Fact]
    public async Task Notifications_are_off_until_somebody_turns_them_on()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(study.Study.Developer);

        await SendAsync(browser, study, "EnableNotifications");
        Assert.Contains("Disable notifications", (await browser.PageAsync(study.Workspace)).QuerySelector("main")!.TextContent);

        await SendAsync(browser, study, "DisableNotifications");
        Assert.Contains("Enable notifications", (await browser.PageAsync(study.Workspace)).QuerySelector("main")!.TextContent);
    }

    [Theory]
    [InlineData("Archive")]
    [InlineData("EnableNotifications")]
    [InlineData("Token")]
    public async Task A_person_without_the_role_is_refused_even_with_a_form_of_their_own(string handler)
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var stranger = await site.Data.CreateUserAsync();
        var browser = await site.SignInAsync(stranger);
        var form = await FormAsync(browser, study, "form.theme");
        form.SetAttribute("action", $"{study.Workspace}?handler={handler}");

        var response = await browser.SubmitAsync(form, ("Token", Token));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("Project Developer", await response.Content.ReadAsStringAsync());
        var workspace = await site.Data.Database.ReadAsync(db => db.Workspaces.AsNoTracking().SingleAsync(row => row.Id == study.Study.Workspace.Id));
        Assert.False(workspace.IsArchived || workspace.ShouldNotify);
    }

    [Fact]
    public async Task A_one_time_token_lives_in_the_browser_for_this_workspace_alone()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(study.Study.Developer);

        var response = await SendAsync(browser, study, "Token", ("Token", Token));

        var cookie = response.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("jobserver.token", StringComparison.Ordinal));
        Assert.Contains($"path={study.Workspace};", cookie);
        Assert.Contains("httponly", cookie);
        Assert.Contains("max-age=900", cookie);
        Assert.DoesNotContain(Token, cookie);
        Assert.Equal(study.Workspace, response.Headers.Location!.ToString());
        var page = await browser.PageAsync(study.Workspace);
        Assert.Contains("This browser has a token", page.QuerySelector("section:has(> #token)")!.TextContent);
        Assert.DoesNotContain(Token, page.DocumentElement.OuterHtml);
        await Secrets.AssertNotInDatabaseAsync(site.Data.Database, Token);
    }

    [Fact]
    public async Task A_one_time_token_opens_the_private_repository_where_jobs_are_chosen()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?> { ["CodeHosts:GitHub:ApiAddress"] = gitHub.Address });
        var study = await StudySite.MakeAsync(site);
        await site.Data.Database.WriteAsync(async (db, token) =>
            (await db.Workspaces.SingleAsync(row => row.Id == study.Study.Workspace.Id, token)).Repository = "https://github.com/MediciaAI/Hidden");
        var browser = await site.SignInAsync(study.Study.Developer);

        async Task<string> MainAsync() => (await browser.PageAsync($"{study.Workspace}/run-jobs/")).QuerySelector("main")!.TextContent;

        Assert.Contains("if the repository is private", await MainAsync());
        await SendAsync(browser, study, "Token", ("Token", FakeGitHub.GoodToken));
        Assert.DoesNotContain("if the repository is private", await MainAsync());
    }

    [Fact]
    public async Task A_one_time_token_can_be_dropped_and_lapses_by_itself()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var study = await StudySite.MakeAsync(site);
        var browser = await site.SignInAsync(study.Study.Developer);

        await SendAsync(browser, study, "Token", ("Token", Token));
        await SendAsync(browser, study, "DropToken");
        Assert.DoesNotContain("This browser has a token", (await browser.PageAsync(study.Workspace)).DocumentElement.TextContent);

        await SendAsync(browser, study, "Token", ("Token", Token));
        site.Data.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.DoesNotContain("This browser has a token", (await browser.PageAsync(study.Workspace)).DocumentElement.TextContent);
    }

    [Fact]
    public async Task A_token_cookie_of_one_person_is_worth_nothing_to_another()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var colleague = await site.Data.CreateUserAsync();
        await site.Data.AddMemberAsync(study.Study.Project, colleague, Domain.Access.Role.ProjectDeveloper);
        var response = await SendAsync(await site.SignInAsync(study.Study.Developer), study, "Token", ("Token", Token));
        var cookie = response.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("jobserver.token", StringComparison.Ordinal));
        var thief = await site.SignInAsync(colleague);

        var page = await thief.PageAsync(study.Workspace, cookie: cookie.Split(';')[0]);

        Assert.DoesNotContain("This browser has a token", page.DocumentElement.TextContent);
    }

    [Theory]
    [InlineData("", "Enter a token")]
    [InlineData("two words", "no spaces")]
    public async Task A_text_that_is_no_token_is_refused_without_repeating_it(string text, string message)
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);

        var response = await SendAsync(await site.SignInAsync(study.Study.Developer), study, "Token", ("Token", text));

        var page = PortalSite.Parse(await response.Content.ReadAsStringAsync());
        Assert.Contains(message, page.GetElementById("Token_error")!.TextContent);
        Assert.Equal("", ((IHtmlInputElement)page.GetElementById("Token")!).Value);
    }

    [Fact]
    public async Task Where_no_token_is_needed_the_page_says_so_and_keeps_none()
    {
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?>
        {
            ["CodeHosts:Local:Root"] = Path.GetTempPath(),
            ["CodeHosts:Local:Address"] = "https://demo.local",
        });
        var study = await StudySite.MakeAsync(site);
        await site.Data.Database.WriteAsync(async (db, token) =>
            (await db.Workspaces.SingleAsync(row => row.Id == study.Study.Workspace.Id, token)).Repository = "https://demo.local/studies/asthma");
        var browser = await site.SignInAsync(study.Study.Developer);

        var response = await SendAsync(browser, study, "Token", ("Token", Token));

        Assert.DoesNotContain(
            response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("jobserver.token", StringComparison.Ordinal));
        var page = await browser.PageAsync(study.Workspace);
        Assert.Contains("what you entered was not kept", page.QuerySelector("[role=status]")!.TextContent);
        Assert.Contains("No token is needed", page.QuerySelector("section:has(> #token)")!.TextContent);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        Browser browser, StudySite study, string handler, params (string Name, string Value)[] fields) =>
        await browser.SubmitAsync(await FormAsync(browser, study, $"form[action$='handler={handler}']"), fields);

    private static async Task<IHtmlFormElement> FormAsync(Browser browser, StudySite study, string selector) =>
        Assert.IsAssignableFrom<IHtmlFormElement>((await browser.PageAsync(study.Workspace)).QuerySelector(selector));
}
