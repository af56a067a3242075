using JobServer.Domain.Users;
using JobServer.Portal.Tests.SignIn;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Users;

public sealed class PictureTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Fact]
    public async Task The_menu_has_the_picture_which_the_server_fetches_once()
    {
        using var gitHub = new GitHubServer();
        gitHub.PictureAddress = $"{gitHub.Address}/avatars/u/1?v=4";
        gitHub.On("GET", "/avatars/u/1", _ => GitHubServer.Bytes(Png, "text/html"));
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var browser = site.NewBrowser();
        await browser.SignInWithAsync(gitHub);

        var address = (await browser.PageAsync("/")).QuerySelector(".account img")!.GetAttribute("src")!;
        var first = await browser.GetAsync(address);
        await browser.GetAsync(address);

        Assert.StartsWith("/picture?", address);
        Assert.Equal("image/png", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Png, await first.Content.ReadAsByteArrayAsync());
        Assert.Contains("private", first.Headers.CacheControl!.ToString());
        Assert.Single(gitHub.Asked, line => line.StartsWith("GET /avatars", StringComparison.Ordinal));
        Assert.DoesNotContain(gitHub.Asked, line => line.StartsWith("GET /avatars", StringComparison.Ordinal) && line.Contains(GitHubServer.AccessToken, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<svg onload='alert(1)'/>", 200)]
    [InlineData("not found", 404)]
    [InlineData("", 200)]
    public async Task What_is_no_picture_is_not_passed_on_and_the_initials_stand_in(string body, int status)
    {
        using var gitHub = new GitHubServer();
        gitHub.PictureAddress = $"{gitHub.Address}/avatars/u/1";
        gitHub.Answer("GET", "/avatars/u/1", status, body);
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var browser = site.NewBrowser();
        await browser.SignInWithAsync(gitHub);

        await AssertInitialsAsync(browser, "OO");
    }

    [Fact]
    public async Task A_picture_that_is_too_large_is_not_shown()
    {
        using var gitHub = new GitHubServer();
        gitHub.PictureAddress = $"{gitHub.Address}/avatars/u/1";
        gitHub.On("GET", "/avatars/u/1", _ => GitHubServer.Bytes([.. Png, .. new byte[2_000]], "image/png"));
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?>(gitHub.Settings) { ["Portal:Pictures:MaxBytes"] = "1000" });
        var browser = site.NewBrowser();
        await browser.SignInWithAsync(gitHub);

        await AssertInitialsAsync(browser, "OO");
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://avatars.githubusercontent.com/u/1")]
    [InlineData("https://avatars.githubusercontent.com:8443/u/1")]
    [InlineData("https://user@avatars.githubusercontent.com/u/1")]
    [InlineData("https://avatars.githubusercontent.com.evil.example/u/1")]
    [InlineData("file:///etc/passwd")]
    public async Task The_server_fetches_from_no_other_host(string address)
    {
        using var gitHub = new GitHubServer { PictureAddress = address };
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var browser = site.NewBrowser();
        await browser.SignInWithAsync(gitHub);
        Assert.Null(await site.Data.Database.ReadAsync(db => db.Users.Select(user => user.PictureAddress).SingleAsync()));

        // Nor when such an address got into the row in another way.
        await ChangeAsync(site, user => user.PictureAddress = address);
        await AssertInitialsAsync(browser, "OO");
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_followed()
    {
        using var gitHub = new GitHubServer();
        using var other = new GitHubServer();
        gitHub.PictureAddress = $"{gitHub.Address}/avatars/u/1";
        gitHub.On("GET", "/avatars/u/1", _ => GitHubServer.Json("", 302, ("Location", $"{other.Address}/secret")));
        await using var site = await PortalSite.StartAsync(gitHub.Settings);
        var browser = site.NewBrowser();
        await browser.SignInWithAsync(gitHub);

        await AssertInitialsAsync(browser, "OO");
        Assert.Empty(other.Asked);
    }

    [Fact]
    public async Task A_visitor_gets_no_picture_and_a_person_only_their_own()
    {
        await using var site = await PortalSite.StartAsync();

        Assert.StartsWith("/login", (await site.NewBrowser().GetAsync("/picture")).Headers.Location!.ToString());
        await AssertInitialsAsync(await site.SignInAsync(await site.Data.CreateUserAsync()), "PU");
    }

    private static async Task AssertInitialsAsync(Browser browser, string initials)
    {
        var response = await browser.GetAsync("/picture");
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains($">{initials}</text>", await response.Content.ReadAsStringAsync());
    }

    private static Task ChangeAsync(PortalSite site, Action<User> change) => site.Data.Database.WriteAsync(async (db, token) =>
    {
        change(await db.Users.SingleAsync(token));
        return true;
    });
}
