using System.Net;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Applications;

public sealed class ApplicationReviewTests
{
    [Theory]
    [InlineData(ApplicationStatus.Submitted)]
    [InlineData(ApplicationStatus.ApprovedFully)]
    [InlineData(ApplicationStatus.Rejected)]
    [InlineData(ApplicationStatus.Completed)]
    public async Task A_decided_application_is_read_only_and_says_why(ApplicationStatus status)
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);
        var form = await applicant.PageAsync("study-information");
        await applicant.SetStatusAsync(status, "Well argued.\nSee you.");

        var page = await applicant.PageAsync("study-information");
        Assert.Empty(page.QuerySelectorAll("main input:not([type=hidden]), main textarea"));
        Assert.Contains("Well argued.", page.QuerySelector(".application-standing")!.TextContent, StringComparison.Ordinal);
        var list = await applicant.Browser.PageAsync("/applications");
        Assert.Equal("View", list.QuerySelector(".application-acts a")!.ChildNodes[0].TextContent);
        Assert.Contains("Well argued.", list.QuerySelector(".application-list")!.TextContent, StringComparison.Ordinal);

        // The window that was open before.
        var refused = await Applicant.ReadAsync(await applicant.Browser.SubmitAsync(Applicant.FormOf(form), ("study_name", "Typed for hours")));
        Assert.Contains("cannot be changed", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Typed for hours", refused.QuerySelector("#study_name")!.GetAttribute("value"));
        Assert.Empty((await applicant.StoredAsync()).Pages);
    }

    [Fact]
    public async Task What_the_reviewers_ask_for_is_shown_and_a_changed_page_waits_for_them_again()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);
        await applicant.FillAsync();
        await applicant.SubmitAsync();
        await applicant.SetStatusAsync(ApplicationStatus.Deferred, "Nearly there.");
        await site.Data.Database.WriteAsync((db, token) => db.ApplicationPages.Where(row => row.Key == "study-funding")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Verdict, PageVerdict.NeedsChange).SetProperty(row => row.Notes, "Who pays <i>exactly</i>?"), token));

        Assert.Contains("Who pays <i>exactly</i>?", (await applicant.PageAsync("confirmation")).QuerySelector(".notice-warning")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Needs a change", (await applicant.Browser.PageAsync(applicant.Address)).QuerySelector(".task-list")!.TextContent, StringComparison.Ordinal);
        var response = await applicant.SaveAsync("study-funding", ("funding_details", "The Sleep Trust"));

        Assert.Equal($"{applicant.Address}/confirmation", response.Headers.Location!.ToString());
        Assert.Null((await applicant.StoredAsync()).Pages.Single(page => page.Key == "study-funding").Verdict);
        Assert.Equal("/applications", (await applicant.SubmitAsync()).Headers.Location!.ToString());
        Assert.Equal(ApplicationStatus.Submitted, (await applicant.StoredAsync()).Status);
    }

    [Fact]
    public async Task Nobody_else_sees_an_application_except_those_who_may_read_all()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);
        var stranger = await applicant.OtherAsync();
        var reviewer = await applicant.OtherAsync(Role.GovernanceReviewer);

        foreach (var address in (string[])["", "/confirmation", "/contact-details", "/researcher-details/add"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(applicant.Address + address)).StatusCode);
            Assert.StartsWith("/login", (await site.NewBrowser().GetAsync(applicant.Address + address)).Headers.Location!.ToString(), StringComparison.Ordinal);
            Assert.Empty((await reviewer.PageAsync(applicant.Address + address)).QuerySelectorAll("main form"));
        }
    }

    [Fact]
    public async Task A_reader_cannot_write()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);
        var reviewer = await applicant.OtherAsync(Role.CoreDeveloper);
        var token = (await reviewer.PageAsync(applicant.Address)).QuerySelector("input[name=__form]")!.GetAttribute("value")!;

        await reviewer.PostBlindAsync(applicant.Address + "/study-information", ("__form", token), ("study_name", "Mine now"));
        await reviewer.PostBlindAsync(applicant.Address + "/researcher-details/add", ("__form", token), ("name", "Eve"));
        await reviewer.PostBlindAsync("/applications?handler=Delete", ("__form", token), ("id", "1"));

        var stored = await applicant.StoredAsync();
        Assert.Empty(stored.Pages);
        Assert.Null(stored.DeletedAt);
        Assert.Equal(0, await site.Data.Database.ReadAsync(db => db.ApplicationResearchers.CountAsync()));
    }
}
