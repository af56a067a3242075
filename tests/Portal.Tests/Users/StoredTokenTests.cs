using JobServer.Domain.Audit;
using JobServer.Domain.Users;
using JobServer.Portal.Tests.Pages;
using JobServer.Portal.Tests.SignIn;
using JobServer.Portal.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests.Users;

public sealed class StoredTokenTests
{
    private const string Token = "ghp_kept_for_many_runs";

    [Fact]
    public async Task A_token_is_checked_saved_encrypted_and_never_shown()
    {
        using var gitHub = PrivateGitHub(expires: "2026-12-31 23:59:59 UTC");
        await using var site = await PortalSite.StartAsync(gitHub.Settings, usesTestClock: true);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());

        var said = await browser.SavedAsync("Token", ("Token", $" {Token} "));

        Assert.Contains("GitHub says that it is @octo's, and it expires on 31 December 2026", said);
        var page = await browser.PageAsync("/settings");
        Assert.Contains("Not yet", page.QuerySelector("section:has(> #token) .facts")!.TextContent);
        Assert.DoesNotContain(Token, page.DocumentElement.OuterHtml);
        await Secrets.AssertNotInDatabaseAsync(site.Data.Database, Token);
        Assert.Contains(AuditAct.TokenCreated, await site.Data.Database.ReadAsync(db => db.AuditEntries.Select(entry => entry.Act).ToListAsync()));
    }

    [Theory]
    [InlineData(401, "GitHub does not accept this token")]
    [InlineData(403, "no more calls")]
    [InlineData(502, "does not answer")]
    [InlineData(200, "does not answer")]
    public async Task A_token_that_GitHub_does_not_vouch_for_is_not_saved(int status, string why)
    {
        using var gitHub = new GitHubServer();
        gitHub.Answer("GET", "/api/v3/user", status, "<html>");
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());

        Assert.Contains(why, await browser.RefusedAsync("Token", "Token", ("Token", Token)));
        Assert.Null(await RowAsync(site));
    }

    [Theory]
    [InlineData("", "Enter a token")]
    [InlineData("two words", "no spaces")]
    public async Task A_text_that_is_no_token_is_refused_before_GitHub_is_asked(string token, string why)
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());

        Assert.Contains(why, await browser.RefusedAsync("Token", "Token", ("Token", token)));
        Assert.Empty(gitHub.Asked);
    }

    [Fact]
    public async Task A_token_can_be_replaced_and_deleted()
    {
        using var gitHub = PrivateGitHub();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());
        await browser.SavedAsync("Token", ("Token", Token));
        var before = (await RowAsync(site))!.Protected;
        gitHub.Good = "ghp_another";

        await browser.SavedAsync("Token", ("Token", "ghp_another"));
        Assert.NotEqual(before, (await RowAsync(site))!.Protected);

        Assert.Contains("deleted", await browser.SavedAsync("DeleteToken"));
        Assert.Null(await RowAsync(site));
        Assert.Contains(AuditAct.TokenRevoked, await site.Data.Database.ReadAsync(db => db.AuditEntries.Select(entry => entry.Act).ToListAsync()));
    }

    [Fact]
    public async Task The_stored_token_opens_the_private_repository_and_says_when_it_was_used()
    {
        using var gitHub = PrivateGitHub();
        await using var site = await PortalSite.StartAsync(gitHub.Settings, usesTestClock: true);
        var (study, browser) = await StudyAsync(site, gitHub);
        Assert.Contains("if the repository is private", await RunJobsAsync(browser, study));
        await browser.SavedAsync("Token", ("Token", Token));

        Assert.Contains("extract", await RunJobsAsync(browser, study));

        Assert.Equal(site.Data.Now, (await RowAsync(site))!.LastUsedAt);
        Assert.Contains("stored token", (await browser.PageAsync(study.Workspace)).QuerySelector("section:has(> #token)")!.TextContent);
    }

    [Fact]
    public async Task Use_is_written_down_at_most_once_a_minute()
    {
        using var gitHub = PrivateGitHub();
        await using var site = await PortalSite.StartAsync(gitHub.Settings, usesTestClock: true);
        var (study, browser) = await StudyAsync(site, gitHub);
        await browser.SavedAsync("Token", ("Token", Token));
        await RunJobsAsync(browser, study);
        var first = await RowAsync(site);

        site.Data.Clock.Advance(TimeSpan.FromSeconds(59));
        await RunJobsAsync(browser, study);
        Assert.Equal((first!.LastUsedAt, first.Revision), ((await RowAsync(site))!.LastUsedAt, (await RowAsync(site))!.Revision));

        site.Data.Clock.Advance(TimeSpan.FromSeconds(1));
        await RunJobsAsync(browser, study);
        Assert.Equal(site.Data.Now, (await RowAsync(site))!.LastUsedAt);
    }

    [Fact]
    public async Task The_end_that_GitHub_names_is_kept_up_to_date()
    {
        using var gitHub = PrivateGitHub();
        await using var site = await PortalSite.StartAsync(gitHub.Settings, usesTestClock: true);
        var (study, browser) = await StudyAsync(site, gitHub);
        await browser.SavedAsync("Token", ("Token", Token));
        Assert.Null((await RowAsync(site))!.ExpiresAt);

        gitHub.Expires = "2026-03-02 10:00:00 UTC";
        await RunJobsAsync(browser, study);
        Assert.Equal(site.Data.Now.AddHours(1), (await RowAsync(site))!.ExpiresAt);

        site.Data.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Contains("if the repository is private", await RunJobsAsync(browser, study));
        Assert.Contains("has expired", (await browser.PageAsync("/settings")).QuerySelector("section:has(> #token)")!.TextContent);
        Assert.Contains("has expired or was refused", (await browser.PageAsync(study.Workspace)).QuerySelector("section:has(> #token)")!.TextContent);
    }

    [Fact]
    public async Task A_token_that_GitHub_refuses_is_not_used_again_until_it_is_replaced()
    {
        using var gitHub = PrivateGitHub();
        await using var site = await PortalSite.StartAsync(gitHub.Settings, usesTestClock: true);
        var (study, browser) = await StudyAsync(site, gitHub);
        await browser.SavedAsync("Token", ("Token", Token));

        gitHub.Good = "ghp_another";
        await RunJobsAsync(browser, study);

        Assert.Equal(site.Data.Now, (await RowAsync(site))!.RefusedAt);
        Assert.Contains("GitHub refused this token", (await browser.PageAsync("/settings")).QuerySelector("section:has(> #token)")!.TextContent);
        var asked = gitHub.Asked.Count(line => line.Contains(Token, StringComparison.Ordinal));
        await RunJobsAsync(browser, study);
        Assert.Equal(asked, gitHub.Asked.Count(line => line.Contains(Token, StringComparison.Ordinal)));

        await browser.SavedAsync("Token", ("Token", "ghp_another"));
        Assert.Contains("extract", await RunJobsAsync(browser, study));
        Assert.Null((await RowAsync(site))!.RefusedAt);
    }

    [Fact]
    public async Task A_one_time_token_goes_before_the_stored_one()
    {
        using var gitHub = PrivateGitHub();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var (study, browser) = await StudyAsync(site, gitHub);
        await browser.SavedAsync("Token", ("Token", Token));
        gitHub.Good = "ghp_once";
        var page = await browser.PageAsync(study.Workspace);

        await browser.SubmitAsync((AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[action$='handler=Token']")!, ("Token", "ghp_once"));

        Assert.Contains("extract", await RunJobsAsync(browser, study));
        Assert.Null((await RowAsync(site))!.RefusedAt);
    }

    [Fact]
    public async Task A_row_that_was_copied_to_another_account_opens_nothing_there()
    {
        using var gitHub = PrivateGitHub();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var (owner, thief) = (await site.Data.CreateUserAsync(), await site.Data.CreateUserAsync());
        await (await site.SignInAsync(owner)).SavedAsync("Token", ("Token", Token));
        var row = (await RowAsync(site))!;
        await site.Data.Database.AddAsync(new StoredToken { UserId = thief.Id, Protected = row.Protected, CreatedAt = row.CreatedAt });
        var tokens = site.Services.GetRequiredService<StoredTokens>();

        Assert.Equal(Token, await tokens.ReadAsync(owner.Id, CancellationToken.None));
        Assert.Null(await tokens.ReadAsync(thief.Id, CancellationToken.None));
    }

    [Theory]
    [InlineData("2026-12-31 23:59:59 UTC", "2026-12-31T23:59:59Z")]
    [InlineData("2026-12-31 23:59:59 +0100", "2026-12-31T22:59:59Z")]
    [InlineData("2026-12-31 23:59:59 -05:00", "2027-01-01T04:59:59Z")]
    [InlineData("2026-12-31T23:59:59Z", "2026-12-31T23:59:59Z")]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void The_end_of_a_token_is_read_in_the_ways_that_GitHub_writes_it(string text, string? at) =>
        Assert.Equal(at is null ? null : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), TokenExpiry.Parse(text));

    private static PrivateRepository PrivateGitHub(string? expires = null) => new(Token) { Expires = expires };

    private static async Task<(StudySite Study, Browser Browser)> StudyAsync(PortalSite site, PrivateRepository gitHub)
    {
        var study = await StudySite.MakeAsync(site);
        await site.Data.Database.WriteAsync(async (db, token) =>
            (await db.Workspaces.SingleAsync(row => row.Id == study.Study.Workspace.Id, token)).Repository = gitHub.Repository);
        return (study, await site.SignInAsync(study.Study.Developer));
    }

    private static async Task<string> RunJobsAsync(Browser browser, StudySite study) =>
        (await browser.PageAsync($"{study.Workspace}/run-jobs/")).QuerySelector("main")!.TextContent;

    private static Task<StoredToken?> RowAsync(PortalSite site) => site.Data.Database.ReadAsync(db => db.StoredTokens.AsNoTracking().FirstOrDefaultAsync());
}
