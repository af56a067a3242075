using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.SignIn;

public sealed class SignInTests
{
    private static readonly Dictionary<string, string?> Demo = new() { ["Portal:DemoSignIn"] = "true" };

    [Fact]
    public async Task A_person_picked_on_a_demo_site_is_signed_in_and_brought_back()
    {
        await using var site = await PortalSite.StartAsync(Demo);
        var person = await site.Data.CreateUserAsync();
        var browser = site.NewBrowser();

        var response = await PickAsync(browser, person.Id, "/login?next=%2Forgs");

        Assert.Equal("/orgs", response.Headers.Location!.ToString());
        Assert.Contains(person.FullName, (await browser.PageAsync("/orgs")).QuerySelector(".account")!.TextContent);
    }

    [Fact]
    public async Task A_site_that_is_no_demo_lists_nobody_and_refuses_the_form()
    {
        await using var site = await PortalSite.StartAsync();
        var person = await site.Data.CreateUserAsync();
        var browser = site.NewBrowser();
        var page = await browser.PageAsync("/login");
        var token = (IHtmlFormElement)page.QuerySelector("form.theme")!;
        token.SetAttribute("action", "/login");

        var response = await browser.SubmitAsync(token, ("personId", person.Id.ToString()));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain(person.FullName, page.DocumentElement.TextContent);
        Assert.Null((await browser.PageAsync("/")).QuerySelector(".account"));
    }

    [Fact]
    public async Task A_person_with_a_GitHub_account_cannot_be_picked()
    {
        await using var site = await PortalSite.StartAsync(Demo);
        var real = await site.Data.CreateUserAsync();
        var demo = await site.Data.CreateUserAsync();
        await site.Data.Database.WriteAsync(async (db, token) => (await db.Users.SingleAsync(user => user.Id == real.Id, token)).GitHubId = 42);
        var browser = site.NewBrowser();

        var page = await browser.PageAsync("/login");
        var response = await PickAsync(browser, real.Id);

        Assert.DoesNotContain(real.FullName, page.DocumentElement.TextContent);
        Assert.Contains(demo.FullName, page.DocumentElement.TextContent);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Pick one of the people", await response.Content.ReadAsStringAsync());
        Assert.Null((await browser.PageAsync("/")).QuerySelector(".account"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Signing_in_never_leads_to_another_site(string next)
    {
        await using var site = await PortalSite.StartAsync(Demo);
        var person = await site.Data.CreateUserAsync();

        var response = await PickAsync(site.NewBrowser(), person.Id, $"/login?next={Uri.EscapeDataString(next)}");

        Assert.Equal("/", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_person_who_is_deactivated_is_out_at_the_next_request()
    {
        await using var site = await PortalSite.StartAsync();
        var person = await site.Data.CreateUserAsync();
        var browser = await site.SignInAsync(person);
        Assert.NotNull((await browser.PageAsync("/")).QuerySelector(".account"));

        await site.Data.Database.WriteAsync(async (db, token) => (await db.Users.SingleAsync(user => user.Id == person.Id, token)).IsActive = false);

        Assert.Null((await browser.PageAsync("/")).QuerySelector(".account"));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server_so_a_kept_cookie_is_worth_nothing()
    {
        await using var site = await PortalSite.StartAsync();
        var person = await site.Data.CreateUserAsync();
        var browser = site.NewBrowser();
        var signedIn = await browser.GetAsync(Probes.ProbeEndpoints.SignIn(person.Id));
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("jobserver.session", StringComparison.Ordinal));
        var page = await browser.PageAsync("/");

        var response = await browser.SubmitAsync((IHtmlFormElement)page.QuerySelector("form[action='/logout']")!);

        Assert.Equal("/", response.Headers.Location!.ToString());
        Assert.Null((await browser.PageAsync("/")).QuerySelector(".account"));
        using var thief = new HttpRequestMessage(HttpMethod.Get, "/");
        thief.Headers.Add("Cookie", cookie.Split(';')[0]);
        Assert.DoesNotContain("Sign out", await (await site.NewBrowser().SendAsync(thief)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Another_site_cannot_sign_anybody_out()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostBlindAsync("/logout")).StatusCode);
        Assert.NotNull((await browser.PageAsync("/")).QuerySelector(".account"));
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_the_table_does_not_hold_what_it_carries()
    {
        await using var site = await PortalSite.StartAsync();
        var person = await site.Data.CreateUserAsync();

        var response = await site.NewBrowser().GetAsync(Probes.ProbeEndpoints.SignIn(person.Id));

        var cookie = response.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("jobserver.session", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        var session = await site.Data.Database.ReadAsync(db => db.SignInSessions.SingleAsync());
        Assert.DoesNotContain(session.Id, cookie);
    }

    private static async Task<HttpResponseMessage> PickAsync(Browser browser, int personId, string address = "/login")
    {
        var page = await browser.PageAsync(address);
        return await browser.SubmitAsync((IHtmlFormElement)page.QuerySelector("main form")!, ("personId", personId.ToString()));
    }
}
