using AngleSharp.Html.Dom;
using JobServer.Data.Site;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Domain.Site;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Admin;

public sealed class SiteTests
{
    [Fact]
    public async Task Stopped_runs_are_told_to_everybody_on_every_page_until_they_are_allowed()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var visitor = site.NewBrowser();
        Assert.Null((await visitor.PageAsync("/")).QuerySelector(".site-notices"));

        await browser.SubmitAsync(Form(await browser.PageAsync("/admin/runs/switch"), "/admin/runs/switch?handler=Stop"), ("Message", "Back at <b>noon</b>."));

        Assert.Contains("No new runs are taken at the moment. Back at <b>noon</b>.", Notices(await visitor.PageAsync("/")));
        Assert.Contains("No new runs", Notices(PortalSite.Parse(await (await visitor.GetAsync("/nowhere")).Content.ReadAsStringAsync())));
        await browser.SubmitAsync(Form(await browser.PageAsync("/admin/runs/switch"), "/admin/runs/switch?handler=Allow"));
        Assert.Null((await visitor.PageAsync("/")).QuerySelector(".site-notices"));
    }

    [Fact]
    public async Task A_switch_that_another_portal_turned_is_seen_within_two_seconds()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var visitor = site.NewBrowser();
        Assert.Null((await visitor.PageAsync("/")).QuerySelector(".site-notices"));

        await site.Data.Get<RunSwitch>().StopAsync("", (await site.Data.CreateUserAsync("root", Role.CoreDeveloper)).Id, CancellationToken.None);
        site.Data.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.NotNull((await visitor.PageAsync("/")).QuerySelector(".site-notices"));
    }

    [Fact]
    public async Task An_alert_is_shown_from_its_start_to_its_end()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var visitor = site.NewBrowser();
        var form = Form(await browser.PageAsync("/admin/alerts/edit"), "/admin/alerts/edit");

        await browser.SubmitAsync(
            form, ("Input.Level", "Problem"), ("Input.Title", "The north site is down"), ("Input.Text", "We wait for power."),
            ("Input.Starts", Typed(site, 10)), ("Input.Ends", Typed(site, 20)));

        Assert.Null((await visitor.PageAsync("/")).QuerySelector(".site-notices"));
        site.Data.Clock.Advance(TimeSpan.FromMinutes(11));
        var shown = (await visitor.PageAsync("/")).QuerySelector(".site-notices .notice-danger")!;
        Assert.Contains("The north site is down We wait for power.", shown.TextContent);
        site.Data.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Null((await visitor.PageAsync("/")).QuerySelector(".site-notices"));
    }

    [Theory]
    [InlineData("", "", "", "Input_Title", "Enter a title")]
    [InlineData("Title", "tomorrow", "", "Input_Starts", "Enter a date with a time")]
    [InlineData("Title", "2026-05-14T16:30", "2026-05-14T16:30", "Input_Ends", "after the start")]
    public async Task What_cannot_be_an_alert_is_refused_and_kept_in_the_form(string title, string starts, string ends, string field, string message)
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));

        var answer = await browser.SubmitAsync(
            Form(await browser.PageAsync("/admin/alerts/edit"), "/admin/alerts/edit"),
            ("Input.Level", "Warning"), ("Input.Title", title), ("Input.Text", "kept"), ("Input.Starts", starts), ("Input.Ends", ends));

        var page = PortalSite.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Contains(message, page.GetElementById(field + "_error")!.TextContent);
        Assert.Equal("kept", page.GetElementById("Input_Text")!.TextContent.Trim());
        Assert.Equal(0, await site.Data.Database.ReadAsync(db => db.SiteAlerts.CountAsync()));
    }

    [Fact]
    public async Task Of_two_who_edit_an_alert_the_second_is_told_and_who_ends_it_ends_it()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var root = await site.Data.CreateUserAsync("root", Role.CoreDeveloper);
        var browser = await site.SignInAsync(root);
        var id = await site.Data.Get<SiteAlertWrites>().CreateAsync(
            new AlertWords { Level = AlertLevel.Information, Title = "Before", Text = "", StartsAt = site.Data.Now, EndsAt = null }, root.Id, CancellationToken.None);
        var form = Form(await browser.PageAsync($"/admin/alerts/edit/{id}"), $"/admin/alerts/edit/{id}");

        await browser.SubmitWholeAsync(form, ("Input.Title", "First"));
        var second = await browser.SubmitWholeAsync(form, ("Input.Title", "Second"));

        Assert.Contains("somebody else changed this alert", await second.Content.ReadAsStringAsync());
        Assert.Contains("First", Notices(await browser.PageAsync("/")));
        await browser.SubmitAsync(Form(await browser.PageAsync("/admin/alerts"), "/admin/alerts?handler=End"));
        Assert.Null((await browser.PageAsync("/")).QuerySelector(".site-notices"));
        Assert.Equal(
            [AuditAct.SiteAlertCreated, AuditAct.SiteAlertChanged, AuditAct.SiteAlertEnded],
            await site.Data.Database.ReadAsync(db => db.AuditEntries.Where(row => row.Subject == $"site_alert:{id}").OrderBy(row => row.Sequence).Select(row => row.Act).ToListAsync()));
    }

    private static string Typed(PortalSite site, int minutes) =>
        site.Data.Now.AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static string Notices(IHtmlDocument page) => string.Join(' ', page.QuerySelector(".site-notices")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IHtmlFormElement Form(IHtmlDocument page, string action) =>
        page.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().Single(form => form.GetAttribute("action") == action);
}
