using AngleSharp.Html.Dom;
using JobServer.Domain.Users;
using JobServer.Portal.Tests.Probes;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.SignIn;

public sealed class SessionTests
{
    [Fact]
    public async Task A_sign_in_that_nobody_used_for_twelve_hours_lapses_and_one_that_is_used_does_not()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var person = await site.Data.CreateUserAsync();
        var (idle, busy) = (await site.SignInAsync(person), await site.SignInAsync(person));

        site.Data.Clock.Advance(TimeSpan.FromHours(8));
        Assert.True(await IsSignedInAsync(busy));
        site.Data.Clock.Advance(TimeSpan.FromHours(8));

        Assert.True(await IsSignedInAsync(busy));
        Assert.False(await IsSignedInAsync(idle));
    }

    [Fact]
    public async Task Every_sign_in_ends_after_fourteen_days_however_much_it_is_used()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());

        for (var hour = 0; hour < 14 * 24; hour += 8)
        {
            Assert.True(await IsSignedInAsync(browser), $"out after {hour} hours");
            site.Data.Clock.Advance(TimeSpan.FromHours(8));
        }

        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task A_site_can_set_both_limits()
    {
        await using var site = await PortalSite.StartAsync(
            new Dictionary<string, string?> { ["Portal:Sessions:Idle"] = "00:10:00", ["Portal:Sessions:Absolute"] = "00:25:00" }, usesTestClock: true);
        var person = await site.Data.CreateUserAsync();
        var (idle, busy) = (await site.SignInAsync(person), await site.SignInAsync(person));

        site.Data.Clock.Advance(TimeSpan.FromMinutes(8));
        Assert.True(await IsSignedInAsync(busy));
        site.Data.Clock.Advance(TimeSpan.FromMinutes(8));
        Assert.False(await IsSignedInAsync(idle));
        Assert.True(await IsSignedInAsync(busy));
        site.Data.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.False(await IsSignedInAsync(busy));
    }

    [Fact]
    public async Task All_browsers_of_a_person_can_be_signed_out_at_once_and_nobody_elses()
    {
        await using var site = await PortalSite.StartAsync();
        var (person, other) = (await site.Data.CreateUserAsync(), await site.Data.CreateUserAsync());
        var (here, there, elsewhere) = (await site.SignInAsync(person), await site.SignInAsync(person), await site.SignInAsync(other));
        var page = await here.PageAsync("/settings");
        Assert.Equal(2, page.QuerySelectorAll(".signed-in-browsers li").Length);
        Assert.Single(page.QuerySelectorAll(".signed-in-browsers li"), item => item.TextContent.Contains("This browser", StringComparison.Ordinal));

        var response = await here.SubmitAsync((IHtmlFormElement)page.QuerySelector("form[action$='handler=SignOutEverywhere']")!);

        Assert.Equal("/login", response.Headers.Location!.ToString());
        Assert.Contains("signed out in all browsers", (await here.PageAsync("/login")).QuerySelector("[role=status]")!.TextContent);
        Assert.False(await IsSignedInAsync(here));
        Assert.False(await IsSignedInAsync(there));
        Assert.True(await IsSignedInAsync(elsewhere));
    }

    [Fact]
    public async Task Signing_in_again_in_the_same_browser_ends_the_sign_in_before()
    {
        await using var site = await PortalSite.StartAsync();
        var (first, second) = (await site.Data.CreateUserAsync(), await site.Data.CreateUserAsync());
        var browser = await site.SignInAsync(first);

        (await browser.GetAsync(ProbeEndpoints.SignIn(second.Id))).EnsureSuccessStatusCode();

        Assert.Contains(second.FullName, (await browser.PageAsync("/")).QuerySelector(".account")!.TextContent);
        var live = await site.Data.Database.ReadAsync(db => db.SignInSessions.Where(row => row.EndedAt == null).Select(row => row.UserId).ToListAsync());
        Assert.Equal([second.Id], live);
    }

    [Theory]
    [InlineData("http://localhost/", "Testing", false)]
    [InlineData("http://127.0.0.1/", "Testing", false)]
    [InlineData("http://jobs.example.org/", "Development", false)]
    [InlineData("http://jobs.example.org/", "Testing", true)]
    [InlineData("https://localhost/", "Testing", true)]
    public async Task Cookies_travel_over_TLS_alone_except_on_this_machine_and_in_development(string origin, string environment, bool isSecure)
    {
        await using var site = await PortalSite.StartAsync(environment: environment);
        var person = await site.Data.CreateUserAsync();

        var response = await site.NewBrowser().GetAsync(origin.TrimEnd('/') + ProbeEndpoints.SignIn(person.Id));
        var page = await site.NewBrowser().GetAsync(origin);

        Assert.All(
            response.Headers.GetValues("Set-Cookie").Concat(page.Headers.GetValues("Set-Cookie")),
            cookie => Assert.Equal(isSecure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Rows_of_sign_ins_that_are_long_over_do_not_pile_up()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var person = await site.Data.CreateUserAsync();
        await site.SignInAsync(person);

        site.Data.Clock.Advance(TimeSpan.FromDays(50));
        await site.SignInAsync(person);

        Assert.Single(await site.Data.Database.ReadAsync(db => db.SignInSessions.ToListAsync<SignInSession>()));
    }

    [Theory]
    [InlineData("/status", "/login?next=%2Fstatus")]
    [InlineData("/event-log?action=x", "/login?next=%2Fevent-log%3Faction%3Dx")]
    [InlineData("/nothing/at/all/here/of-ours", "/login?next=%2Fnothing%2Fat%2Fall%2Fhere%2Fof-ours")]
    [InlineData("/login?next=%2Fstatus", "/login?next=%2Fstatus")]
    public async Task The_link_to_sign_in_keeps_the_page_one_is_on(string address, string link)
    {
        await using var site = await PortalSite.StartAsync();

        var page = PortalSite.Parse(await (await site.NewBrowser().GetAsync(address)).Content.ReadAsStringAsync());

        Assert.Equal(link, page.QuerySelector("a.sign-in")!.GetAttribute("href"));
    }

    private static async Task<bool> IsSignedInAsync(Browser browser) => (await browser.PageAsync("/")).QuerySelector(".account") is not null;
}
