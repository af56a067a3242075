using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Audit;
using JobServer.Domain.Users;
using JobServer.Portal.Tests.Pages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.SignIn;

public sealed class GitHubSignInTests
{
    [Fact]
    public async Task The_first_sign_in_makes_an_account_of_what_GitHub_says_and_leads_back()
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var browser = site.NewBrowser();

        Assert.Equal("/orgs?page=2", await browser.SignInWithAsync(gitHub, "/orgs?page=2"));

        var user = await UserAsync(site);
        Assert.Equal((583_231L, "octo", "Octavia Octo", "octo@example.org"), (user.GitHubId, user.Login, user.FullName, user.Email));
        Assert.Contains("Octavia Octo", (await browser.PageAsync("/orgs")).QuerySelector(".account")!.TextContent);
        var acts = await site.Data.Database.ReadAsync(db => db.AuditEntries.OrderBy(entry => entry.Sequence).Select(entry => entry.Act).ToListAsync());
        Assert.Equal([AuditAct.UserCreated, AuditAct.SignedIn], acts);
        await Secrets.AssertNotInDatabaseAsync(site.Data.Database, GitHubServer.AccessToken);
    }

    [Fact]
    public async Task The_second_sign_in_finds_the_same_account_and_keeps_the_name_that_was_chosen_here()
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        await site.NewBrowser().SignInWithAsync(gitHub);
        await ChangeAsync(site, user => user.FullName = "Dr Octo");
        gitHub.Login = "octo-renamed";

        await site.NewBrowser().SignInWithAsync(gitHub);

        var user = await UserAsync(site);
        Assert.Equal(("octo-renamed", "Dr Octo"), (user.Login, user.FullName));
    }

    [Fact]
    public async Task GitHub_is_asked_for_the_addresses_alone_with_a_state_and_a_challenge()
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);

        var asked = await site.NewBrowser().BeginAsync();

        Assert.StartsWith($"{gitHub.Address}/login/oauth/authorize?", asked.ToString());
        var query = QueryHelpers.ParseQuery(asked.Query);
        Assert.Equal("user:email", query["scope"]);
        Assert.Equal("the-app", query["client_id"]);
        Assert.Equal("S256", query["code_challenge_method"]);
        Assert.Equal("http://localhost/login/github/callback", query["redirect_uri"]);
        Assert.NotEqual("", query["state"].ToString());
        Assert.DoesNotContain("the-secret-of-the-app", asked.ToString());
    }

    [Fact]
    public async Task The_form_of_the_sign_in_page_may_end_at_GitHub()
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);

        var response = await site.NewBrowser().GetAsync("/login");

        Assert.Contains($"form-action 'self' {gitHub.Address}", response.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task An_address_that_is_not_both_primary_and_verified_is_not_taken()
    {
        using var gitHub = new GitHubServer
        {
            Emails = new object[]
            {
                new { email = "first@example.org", primary = true, verified = false },
                new { email = "second@example.org", primary = false, verified = true },
            },
        };
        await using var site = await PortalSite.StartAsync(gitHub.Settings);

        await site.NewBrowser().SignInWithAsync(gitHub);

        Assert.Null((await UserAsync(site)).Email);
    }

    [Fact]
    public async Task A_person_without_a_name_at_GitHub_is_asked_for_one_on_the_way()
    {
        using var gitHub = new GitHubServer { Name = null };
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var browser = site.NewBrowser();

        Assert.Equal("/welcome?next=%2Fstatus", await browser.SignInWithAsync(gitHub, "/status"));

        var page = await browser.PageAsync("/welcome?next=%2Fstatus");
        var form = (IHtmlFormElement)page.QuerySelector("main form")!;
        var empty = await browser.SubmitAsync(form, ("FullName", " "));
        Assert.Contains("Enter your name", PortalSite.Parse(await empty.Content.ReadAsStringAsync()).QuerySelector(".error-summary a[href='#FullName']")!.TextContent);

        var saved = await browser.SubmitAsync(form, ("FullName", "  Olga   Octo "));

        Assert.Equal("/status", saved.Headers.Location!.ToString());
        Assert.Equal("Olga Octo", (await UserAsync(site)).FullName);
        Assert.Equal("/orgs", await site.NewBrowser().SignInWithAsync(gitHub));
    }

    [Fact]
    public async Task A_login_that_changed_hands_goes_to_its_new_owner_and_the_older_account_keeps_everything_else()
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var older = await site.Data.CreateUserAsync("Octo");
        await ChangeAsync(site, user => user.GitHubId = 7);

        await site.NewBrowser().SignInWithAsync(gitHub);

        var users = await site.Data.Database.ReadAsync(db => db.Users.OrderBy(user => user.Id).ToListAsync());
        Assert.Equal([(older.Id, $"old-login-{older.Id}", 7L), (users[1].Id, "octo", 583_231L)], users.Select(user => (user.Id, user.Login, user.GitHubId!.Value)));
        Assert.Contains(
            await site.Data.Database.ReadAsync(db => db.AuditEntries.ToListAsync()),
            entry => entry.Act == AuditAct.LoginChanged && entry.Subject == $"user:{older.Id}");
    }

    [Fact]
    public async Task A_deactivated_person_is_refused_and_told_who_can_help()
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        await site.NewBrowser().SignInWithAsync(gitHub);
        await ChangeAsync(site, user => user.IsActive = false);
        var browser = site.NewBrowser();

        Assert.Contains("A Core Developer can activate it again", await TroubleAsync(browser, await browser.SignInWithAsync(gitHub)));
        Assert.Null((await browser.PageAsync("/")).QuerySelector(".account"));
    }

    [Fact]
    public async Task A_no_at_GitHub_leads_back_with_what_to_do_and_remembers_where_one_was_going()
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var browser = site.NewBrowser();
        var state = QueryHelpers.ParseQuery((await browser.BeginAsync("/status")).Query)["state"].ToString();

        var back = await browser.ReturnAsync(
            $"/login/github/callback?error=access_denied&error_description=The+user+said+no&state={Uri.EscapeDataString(state)}");

        Assert.Contains("choose Authorize", await TroubleAsync(browser, back));
        Assert.Equal("/status", ((IHtmlInputElement)(await browser.PageAsync(back)).QuerySelector("form[action='/login/github'] input[name=next]")!).Value);
    }

    [Theory]
    [InlineData("/login/github/callback")]
    [InlineData("/login/github/callback?code=a-code-for-one-use&state=forged")]
    [InlineData("/login/github/callback?error=access_denied&state=")]
    public async Task An_answer_that_nobody_asked_for_signs_nobody_in(string address)
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var browser = site.NewBrowser();

        Assert.Contains("Begin again here", await TroubleAsync(browser, await browser.ReturnAsync(address)));
        Assert.Empty(gitHub.Asked);
    }

    [Fact]
    public async Task A_sign_in_that_another_browser_began_signs_nobody_in()
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var back = gitHub.Authorize(await site.NewBrowser().BeginAsync());
        var victim = site.NewBrowser();

        Assert.Contains("Begin again here", await TroubleAsync(victim, await victim.ReturnAsync(back)));
        Assert.Empty(gitHub.Asked);
    }

    [Fact]
    public async Task A_sign_in_that_took_too_long_must_begin_again_whatever_the_browser_kept()
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings, usesTestClock: true);

        // The browser goes by the real clock.
        site.Data.Clock.SetUtcNow(TimeProvider.System.GetUtcNow());
        var browser = site.NewBrowser();
        var back = gitHub.Authorize(await browser.BeginAsync());
        site.Data.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Contains("took too long", await TroubleAsync(browser, await browser.ReturnAsync(back)));
        Assert.Empty(await site.Data.Database.ReadAsync(db => db.Users.ToListAsync()));
    }

    [Theory]
    [InlineData("POST", "/login/oauth/access_token", 200, """{"error":"bad_verification_code"}""", "was taken back")]
    [InlineData("POST", "/login/oauth/access_token", 200, """{"error":"incorrect_client_credentials"}""", "does not know this site")]
    [InlineData("POST", "/login/oauth/access_token", 502, "<html>Unicorn</html>", "does not answer")]
    [InlineData("POST", "/login/oauth/access_token", 200, "<html>Hello</html>", "does not understand")]
    [InlineData("POST", "/login/oauth/access_token", 200, "{}", "does not understand")]
    [InlineData("GET", "/api/v3/user", 401, """{"message":"Bad credentials"}""", "was taken back")]
    [InlineData("GET", "/api/v3/user", 503, "", "does not answer")]
    [InlineData("GET", "/api/v3/user", 200, "nonsense", "does not understand")]
    [InlineData("GET", "/api/v3/user", 200, """{"id":-1,"login":"octo"}""", "does not understand")]
    [InlineData("GET", "/api/v3/user", 200, """{"id":5,"login":"<script>"}""", "does not understand")]
    [InlineData("GET", "/api/v3/user/emails", 200, """{"not":"a list"}""", "does not understand")]
    public async Task Whatever_GitHub_answers_people_get_a_sentence_and_no_account(string method, string path, int status, string body, string sentence)
    {
        using var gitHub = new GitHubServer();
        gitHub.Answer(method, path, status, body);
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var browser = site.NewBrowser();

        Assert.Contains(sentence, await TroubleAsync(browser, await browser.SignInWithAsync(gitHub)));
        Assert.Empty(await site.Data.Database.ReadAsync(db => db.Users.ToListAsync()));
    }

    [Theory]
    [InlineData("POST", "/login/oauth/access_token")]
    [InlineData("GET", "/api/v3/user")]
    public async Task A_slow_GitHub_is_not_waited_for_without_end(string method, string path)
    {
        using var gitHub = new GitHubServer();
        gitHub.Answer(method, path, 200, "{}", TimeSpan.FromMinutes(1));
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?>(gitHub.Settings) { ["CodeHosts:Deadline"] = "00:00:01" });
        var browser = site.NewBrowser();

        Assert.Contains("does not answer", await TroubleAsync(browser, await browser.SignInWithAsync(gitHub)));
    }

    [Fact]
    public async Task A_GitHub_that_is_down_is_said_to_be()
    {
        // Nobody listens on this port.
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(
            new Dictionary<string, string?>(gitHub.Settings) { ["CodeHosts:GitHub:WebAddress"] = "http://127.0.0.1:9", ["CodeHosts:GitHub:ApiAddress"] = "http://127.0.0.1:9" });
        var browser = site.NewBrowser();
        var back = gitHub.Authorize(await browser.BeginAsync("/status"));

        var answer = await browser.ReturnAsync(back);

        Assert.Contains("does not answer", await TroubleAsync(browser, answer));
        Assert.Contains("next=%2Fstatus", answer);
    }

    [Fact]
    public async Task A_person_whose_addresses_GitHub_hides_can_sign_in_without_one()
    {
        using var gitHub = new GitHubServer();
        gitHub.Answer("GET", "/api/v3/user/emails", 404, "{}");
        await using var site = await PortalSite.StartAsync(gitHub.Settings);

        Assert.Equal("/orgs", await site.NewBrowser().SignInWithAsync(gitHub));
        Assert.Null((await UserAsync(site)).Email);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Signing_in_with_GitHub_never_leads_to_another_site(string next)
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);

        Assert.Equal("/", await site.NewBrowser().SignInWithAsync(gitHub, next));
    }

    [Fact]
    public async Task No_other_site_can_begin_a_sign_in()
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);

        Assert.Equal(HttpStatusCode.BadRequest, (await site.NewBrowser().PostBlindAsync("/login/github", ("next", "/"))).StatusCode);
        Assert.Null((await site.NewBrowser().GetAsync("/login/github")).Headers.Location);
    }

    [Fact]
    public async Task A_site_without_an_application_at_GitHub_shows_no_button_and_says_who_can_help()
    {
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?> { ["Portal:ContactAddress"] = "help@example.org" });
        var browser = site.NewBrowser();

        var page = await browser.PageAsync("/login");

        Assert.Null(page.QuerySelector("form[action='/login/github']"));
        Assert.Contains("not set up", page.QuerySelector("main")!.TextContent);
        Assert.NotNull(page.QuerySelector("main a[href='mailto:help@example.org']"));
    }

    [Fact]
    public async Task A_demo_site_with_an_application_offers_both()
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?>(gitHub.Settings) { ["Portal:DemoSignIn"] = "true" });
        await site.Data.CreateUserAsync();

        var page = await site.NewBrowser().PageAsync("/login");

        Assert.NotNull(page.QuerySelector("form[action='/login/github']"));
        Assert.NotNull(page.QuerySelector("button[name=personId]"));
    }

    private static async Task<string> TroubleAsync(Browser browser, string address)
    {
        Assert.StartsWith("/login?", address);
        var page = await browser.PageAsync(address);
        Assert.NotNull(page.QuerySelector("form[action='/login/github'] button"));
        return page.QuerySelector("main [role=alert]")!.TextContent;
    }

    private static Task<User> UserAsync(PortalSite site) => site.Data.Database.ReadAsync(db => db.Users.SingleAsync());

    private static Task ChangeAsync(PortalSite site, Action<User> change) => site.Data.Database.WriteAsync(async (db, token) =>
    {
        change(await db.Users.SingleAsync(token));
        return true;
    });
}
