using System.Net;
using JobServer.Domain.Audit;
using JobServer.Domain.Users;
using JobServer.Portal.SignIn.Watch;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests.SignIn;

public sealed class GitHubWatchTests
{
    private const string Path = "/api/v3/user/583231";

    [Fact]
    public async Task Somebody_whom_GitHub_calls_otherwise_is_called_so_here()
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        await site.NewBrowser().SignInWithAsync(gitHub);
        gitHub.Answer("GET", Path, 200, """{ "id": 583231, "login": "octo-new", "name": "Octavia Octo" }""");

        Assert.Empty(await Watch(site).LookAsync(CancellationToken.None));

        Assert.Equal("octo-new", (await UserAsync(site)).Login);
        Assert.Contains(AuditAct.LoginChanged, await ActsAsync(site));
    }

    [Fact]
    public async Task Somebody_who_left_is_out_at_the_second_look_and_back_when_GitHub_knows_them_again()
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var browser = site.NewBrowser();
        await browser.SignInWithAsync(gitHub);
        gitHub.Answer("GET", Path, 404, """{ "message": "Not Found" }""");

        var missed = await Watch(site).LookAsync(CancellationToken.None);
        Assert.Null((await UserAsync(site)).GoneFromHostAt);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/settings")).StatusCode);
        await Watch(site).ConfirmAsync(missed, CancellationToken.None);

        Assert.NotNull((await UserAsync(site)).GoneFromHostAt);
        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/settings")).StatusCode);
        await site.NewBrowser().SignInWithAsync(gitHub);
        Assert.Null((await UserAsync(site)).GoneFromHostAt);
        Assert.Equal([AuditAct.AccountGone, AuditAct.AccountReturned], (await ActsAsync(site)).Where(act => act is AuditAct.AccountGone or AuditAct.AccountReturned));
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(403, """{ "message": "rate limit" }""")]
    [InlineData(200, """{ "id": 1, "login": "somebody-else" }""")]
    [InlineData(200, "<html>")]
    public async Task Nobody_is_marked_for_an_answer_that_does_not_say_that_they_left(int status, string body)
    {
        using var gitHub = new GitHubServer();
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        await site.NewBrowser().SignInWithAsync(gitHub);
        gitHub.Answer("GET", Path, 404, """{ "message": "Not Found" }""");
        var missed = await Watch(site).LookAsync(CancellationToken.None);
        gitHub.Answer("GET", Path, status, body);

        await Watch(site).ConfirmAsync(missed, CancellationToken.None);

        Assert.Single(missed);
        var user = await UserAsync(site);
        Assert.Equal((null, "octo"), (user.GoneFromHostAt, user.Login));
    }

    private static GitHubWatch Watch(PortalSite site) => site.Services.GetRequiredService<GitHubWatch>();

    private static Task<User> UserAsync(PortalSite site) => site.Data.Database.ReadAsync(db => db.Users.AsNoTracking().SingleAsync());

    private static Task<List<AuditAct>> ActsAsync(PortalSite site) =>
        site.Data.Database.ReadAsync(db => db.AuditEntries.OrderBy(entry => entry.Sequence).Select(entry => entry.Act).ToListAsync());
}
