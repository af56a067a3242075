using System.Text.Json;
using AngleSharp.Html.Dom;
using JobServer.Data.Notifications;
using JobServer.Domain.Audit;
using JobServer.Domain.Notifications;
using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Users;

public sealed class SettingsTests
{
    [Fact]
    public async Task A_name_can_be_changed_and_is_shown_at_once()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());

        Assert.Contains("Your name was saved", await browser.SavedAsync("Name", ("FullName", " Ada  Lovelace ")));

        var page = await browser.PageAsync("/settings");
        Assert.Equal("Ada Lovelace", ((IHtmlInputElement)page.GetElementById("FullName")!).Value);
        Assert.Contains("Ada Lovelace", page.QuerySelector(".account")!.TextContent);
        Assert.Contains(await ActsAsync(site), act => act == AuditAct.AccountChanged);
    }

    [Theory]
    [InlineData("", "Enter your name")]
    [InlineData("...", "at least one letter")]
    [InlineData("a\u202eb", "cannot be seen")]
    public async Task A_text_that_is_no_name_is_refused(string name, string why)
    {
        await using var site = await PortalSite.StartAsync();
        var person = await site.Data.CreateUserAsync();
        var browser = await site.SignInAsync(person);

        Assert.Contains(why, await browser.RefusedAsync("Name", "FullName", ("FullName", name)));
        Assert.Equal(person.FullName, (await UserAsync(site)).FullName);
    }

    [Fact]
    public async Task Another_address_is_used_only_once_its_link_was_followed_and_confirmed()
    {
        await using var site = await PortalSite.StartAsync();
        var person = await site.Data.CreateUserAsync();
        var browser = await site.SignInAsync(person);

        Assert.Contains("A link was sent to ada@example.net", await browser.SavedAsync("Address", ("Address", "ada@example.net")));

        Assert.Null((await UserAsync(site)).NotificationsEmail);
        Assert.Contains(person.Email!, (await browser.PageAsync("/settings")).QuerySelector("section:has(> #notifications)")!.TextContent);
        var (recipient, notice) = await LinkAsync(site);
        Assert.Equal(("ada@example.net", person.Login), (recipient, notice.Login));

        // Whoever reads the mail may be signed in nowhere.
        var reader = site.NewBrowser();
        var asks = await reader.PageAsync(notice.Path);
        Assert.Contains("ada@example.net", asks.QuerySelector("main")!.TextContent);
        Assert.Null((await UserAsync(site)).NotificationsEmail);

        var response = await reader.SubmitAsync((IHtmlFormElement)asks.QuerySelector("main form")!);

        Assert.Equal("/", response.Headers.Location!.ToString());
        var user = await UserAsync(site);
        Assert.Equal(("ada@example.net", null, "ada@example.net"), (user.NotificationsEmail, user.UnverifiedEmail, user.NotificationAddress));
        Assert.Contains("Notifications go to ada@example.net", (await reader.PageAsync("/")).QuerySelector("[role=status]")!.TextContent);
    }

    [Fact]
    public async Task A_link_is_good_for_a_day()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());
        await browser.SaveAsync("Address", ("Address", "ada@example.net"));
        var (_, notice) = await LinkAsync(site);
        Assert.NotNull((await browser.PageAsync(notice.Path)).QuerySelector("main form"));

        site.Data.Clock.Advance(TimeSpan.FromHours(24));

        var page = await site.NewBrowser().PageAsync(notice.Path);
        Assert.Contains("not good any more", page.QuerySelector("main [role=alert]")!.TextContent);
    }

    [Fact]
    public async Task A_link_to_an_address_that_was_replaced_or_made_up_changes_nothing()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());
        await browser.SaveAsync("Address", ("Address", "first@example.net"));
        var (_, first) = await LinkAsync(site);
        site.Data.Clock.Advance(TimeSpan.FromMinutes(2));
        await browser.SaveAsync("Address", ("Address", "second@example.net"));
        var asks = await browser.PageAsync(first.Path);

        var late = await browser.SubmitAsync((IHtmlFormElement)asks.QuerySelector("main form")!);
        var forged = await browser.PageAsync("/settings/verify?t=CfDJ8forged");

        Assert.Contains("not good any more", await late.Content.ReadAsStringAsync());
        Assert.Contains("not good any more", forged.QuerySelector("main")!.TextContent);
        Assert.Null((await UserAsync(site)).NotificationsEmail);
    }

    [Fact]
    public async Task Nobody_can_flood_a_mailbox_with_links()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());
        await browser.SaveAsync("Address", ("Address", "first@example.net"));

        Assert.Contains("Wait a minute", await browser.RefusedAsync("Address", "Address", ("Address", "second@example.net")));

        Assert.Single(await site.Data.Database.ReadAsync(db => db.OutboxMessages.ToListAsync()));
    }

    [Fact]
    public async Task Forgetting_an_address_is_no_way_around_the_wait_between_links()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var person = await site.Data.CreateUserAsync();
        var browser = await site.SignInAsync(person);
        await browser.SaveAsync("Address", ("Address", "first@example.net"));

        await browser.SaveAsync("OwnAddress");
        Assert.Contains("Wait a minute", await browser.RefusedAsync("Address", "Address", ("Address", "first@example.net")));
        await browser.SaveAsync("Address", ("Address", person.Email!));
        Assert.Contains("Wait a minute", await browser.RefusedAsync("Address", "Address", ("Address", "first@example.net")));
        Assert.Single(await site.Data.Database.ReadAsync(db => db.OutboxMessages.ToListAsync()));

        site.Data.Clock.Advance(TimeSpan.FromMinutes(1));
        await browser.SavedAsync("Address", ("Address", "first@example.net"));
    }

    [Fact]
    public async Task The_address_of_the_account_needs_no_link_and_takes_over_again()
    {
        await using var site = await PortalSite.StartAsync();
        var person = await site.Data.CreateUserAsync();
        await site.Data.Database.WriteAsync(async (db, token) =>
            (await db.Users.SingleAsync(user => user.Id == person.Id, token)).NotificationsEmail = "ada@example.net");
        var browser = await site.SignInAsync(person);

        Assert.Contains("the address of your GitHub account", await browser.SavedAsync("Address", ("Address", person.Email!.ToUpperInvariant())));

        Assert.Null((await UserAsync(site)).NotificationsEmail);
        Assert.Empty(await site.Data.Database.ReadAsync(db => db.OutboxMessages.ToListAsync()));
    }

    [Theory]
    [InlineData("", "Enter an e-mail address")]
    [InlineData("ada", "not an e-mail address")]
    [InlineData("ada@localhost", "not an e-mail address")]
    [InlineData("Ada <ada@example.net>", "not an e-mail address")]
    [InlineData("ada@example.net,eve@example.net", "not an e-mail address")]
    [InlineData("ada@example.net\r\nBcc: eve@example.net", "not an e-mail address")]
    public async Task A_text_that_is_no_address_is_refused(string address, string why)
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());

        Assert.Contains(why, await browser.RefusedAsync("Address", "Address", ("Address", address)));
        Assert.Empty(await site.Data.Database.ReadAsync(db => db.OutboxMessages.ToListAsync()));
    }

    [Fact]
    public async Task One_message_for_each_request_can_be_chosen()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());

        Assert.Contains("saved", await browser.SavedAsync("NotifyOf", ("notifyOf", "EachRequest")));
        Assert.Equal(NotificationChoice.EachRequest, (await UserAsync(site)).NotifyOf);
        Assert.True(((IHtmlInputElement)(await browser.PageAsync("/settings")).GetElementById("notify-request")!).IsChecked);

        Assert.Contains("Choose one", await browser.RefusedAsync("NotifyOf", "NotifyOf", ("notifyOf", "Never")));
    }

    [Fact]
    public async Task A_visitor_is_asked_to_sign_in_first()
    {
        await using var site = await PortalSite.StartAsync();

        Assert.Equal("/login?next=%2Fsettings", (await site.NewBrowser().GetAsync("/settings")).Headers.Location!.ToString());
        Assert.Equal("/login?next=%2Fwelcome", (await site.NewBrowser().GetAsync("/welcome")).Headers.Location!.ToString());
    }

    private static Task<User> UserAsync(PortalSite site) => site.Data.Database.ReadAsync(db => db.Users.SingleAsync());

    private static Task<List<AuditAct>> ActsAsync(PortalSite site) =>
        site.Data.Database.ReadAsync(db => db.AuditEntries.Select(entry => entry.Act).ToListAsync());

    private static async Task<(string Recipient, VerifyAddressNotice Notice)> LinkAsync(PortalSite site)
    {
        var message = await site.Data.Database.ReadAsync(db => db.OutboxMessages.SingleAsync(row => row.Template == MessageTemplate.VerifyAddress));
        return (message.Recipient, JsonSerializer.Deserialize<VerifyAddressNotice>(message.Data, JsonSerializerOptions.Web)!);
    }
}
