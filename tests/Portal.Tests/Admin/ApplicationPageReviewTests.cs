using System.Net;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Portal.Tests.Applications;
using Microsoft.EntityFrameworkCore;
using static JobServer.Portal.Tests.Admin.ReviewedApplications;

namespace JobServer.Portal.Tests.Admin;

public sealed class ApplicationPageReviewTests
{
    [Fact]
    public async Task A_reviewer_goes_from_page_to_page_and_the_applicant_reads_the_notes()
    {
        await using var all = await StartAsync();
        var person = await all.Site.Data.CreateUserAsync();
        var application = await all.MakeAsync(applicant: person);
        var reviewer = await all.SignInAsync(Role.TechnicalReviewer);

        var start = await reviewer.PageAsync(AddressOf(application));
        var page = await reviewer.PageAsync(AddressOf(application, "/study-information"));
        Assert.NotNull(start.QuerySelector($".page-header a[href='{AddressOf(application, "/contact-details")}']"));
        Assert.Contains("To <b>know</b> more.", page.QuerySelector(".answers")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(AddressOf(application, "/contact-details"), page.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
        Assert.Equal(AddressOf(application, "/study-purpose"), page.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        var response = await reviewer.SubmitAsync(
            FormOf(page, "/study-information"), ("verdict", "needs_change"), ("notes", "Which <i>years</i>?"), ("then", "next"));

        AssertLeadsTo(AddressOf(application, "/study-purpose"), response);
        Assert.Contains("Needs a change", (await reviewer.PageAsync(AddressOf(application))).QuerySelector(".task-list")!.TextContent, StringComparison.Ordinal);
        var seen = await (await all.Site.SignInAsync(person)).PageAsync($"/applications/{application.PublicId}/study-information");
        Assert.Contains("Which <i>years</i>?", seen.QuerySelector(".notice-warning")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verdict_must_be_chosen_and_a_change_explained()
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync();
        var reviewer = await all.SignInAsync(Role.GovernanceReviewer);
        var form = FormOf(await reviewer.PageAsync(AddressOf(application, "/study-purpose")), "/study-purpose");

        Assert.NotNull((await RefusedAsync(await reviewer.SubmitAsync(form, ("notes", "Fine")))).QuerySelector("a[href='#verdict']"));
        Assert.NotNull((await RefusedAsync(await reviewer.SubmitAsync(form, ("verdict", "needs_change")))).QuerySelector("a[href='#notes']"));
        Assert.NotNull((await RefusedAsync(await reviewer.SubmitAsync(form, ("verdict", "perhaps")))).QuerySelector("a[href='#verdict']"));
        Assert.NotNull((await RefusedAsync(await reviewer.SubmitAsync(form, ("verdict", "accepted"), ("notes", "bell\u0007")))).QuerySelector("a[href='#notes']"));
        Assert.Equal(HttpStatusCode.BadRequest, (await reviewer.SubmitAsync(form, ("verdict", "accepted"), ("notes", "nul\0"))).StatusCode);
        var tooLong = await RefusedAsync(await reviewer.SubmitAsync(form, ("verdict", "accepted"), ("notes", new string('x', 4001))));
        Assert.Equal(4001, tooLong.QuerySelector("#notes")!.TextContent.Length);
        Assert.All((await all.StoredAsync(application)).Pages, page => Assert.Null(page.Verdict));
    }

    [Fact]
    public async Task A_second_reviewer_is_told_and_keeps_what_was_typed()
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync();
        var (one, other) = (await all.SignInAsync(Role.GovernanceReviewer), await all.SignInAsync(Role.TechnicalReviewer));
        var form = FormOf(await other.PageAsync(AddressOf(application, "/study-purpose")), "/study-purpose");
        await one.SubmitAsync(FormOf(await one.PageAsync(AddressOf(application, "/study-purpose")), "/study-purpose"), ("verdict", "accepted"), ("notes", "Clear."));

        var told = await RefusedAsync(await other.SubmitAsync(form, ("verdict", "needs_change"), ("notes", "Typed for hours")));

        Assert.Contains("another reviewer gave one", told.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Clear.", told.QuerySelector("section[aria-labelledby=standing]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Typed for hours", told.QuerySelector("#notes")!.TextContent);
        Assert.Equal(PageVerdict.Accepted, (await all.StoredAsync(application)).Pages.Single(page => page.Key == "study-purpose").Verdict);
        await other.SubmitAsync(FormOf(told, "/study-purpose"), ("verdict", "needs_change"), ("notes", "Typed for hours"));
        Assert.Equal(PageVerdict.NeedsChange, (await all.StoredAsync(application)).Pages.Single(page => page.Key == "study-purpose").Verdict);
    }

    [Fact]
    public async Task Answers_that_the_applicant_changed_meanwhile_are_read_before_they_are_judged()
    {
        await using var all = await StartAsync();
        var person = await all.Site.Data.CreateUserAsync();
        var application = await all.MakeAsync(status: ApplicationStatus.Deferred, applicant: person);
        var reviewer = await all.SignInAsync(Role.TechnicalReviewer);
        var form = FormOf(await reviewer.PageAsync(AddressOf(application, "/study-information")), "/study-information");
        var applicant = await all.Site.SignInAsync(person);
        var own = Applicant.FormOf(await applicant.PageAsync($"/applications/{application.PublicId}/study-information"));
        await applicant.SubmitAsync(own, ("study_name", "Sleep, anew"), ("study_purpose", "Other"));

        var told = await RefusedAsync(await reviewer.SubmitAsync(form, ("verdict", "accepted"), ("notes", "")));

        Assert.Contains("the applicant changed this page", told.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sleep, anew", told.QuerySelector(".answers")!.TextContent, StringComparison.Ordinal);
        Assert.All((await all.StoredAsync(application)).Pages, page => Assert.Null(page.Verdict));
    }

    [Fact]
    public async Task Who_may_only_read_sees_why_and_can_send_nothing()
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync();
        var address = AddressOf(application, "/study-purpose");
        var reader = await all.SignInAsync(Role.OnboardingAgent);
        var page = await reader.PageAsync(address);
        Assert.Empty(page.QuerySelectorAll("main form[method=post]"));
        Assert.Contains("Governance Reviewer", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var token = page.QuerySelector("input[name=__form]")!.GetAttribute("value")!;

        Assert.Equal(HttpStatusCode.NotFound, (await reader.PostBlindAsync(address, ("__form", token), ("verdict", "accepted"), ("revision", "0"))).StatusCode);
        Assert.All((await all.StoredAsync(application)).Pages, saved => Assert.Null(saved.Verdict));
    }

    [Fact]
    public async Task What_was_settled_or_never_filled_in_gets_no_verdict()
    {
        await using var all = await StartAsync();
        var (settled, open) = (await all.MakeAsync(status: ApplicationStatus.Rejected), await all.MakeAsync());
        var reviewer = await all.SignInAsync(Role.GovernanceReviewer);

        var closed = await reviewer.PageAsync(AddressOf(settled, "/study-purpose"));
        Assert.Empty(closed.QuerySelectorAll("main form[method=post]"));
        Assert.Contains("It was rejected", closed.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var empty = await reviewer.PageAsync(AddressOf(open, "/study-funding"));
        Assert.Empty(empty.QuerySelectorAll("main form[method=post]"));
        Assert.Contains("has not filled in", empty.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        // Not asked for this type of study, and not there at all.
        Assert.Equal(HttpStatusCode.NotFound, (await reviewer.GetAsync(AddressOf(open, "/references"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reviewer.GetAsync(AddressOf(open, "/no-such-page"))).StatusCode);
    }

    [Fact]
    public async Task Researchers_lead_to_their_accounts_for_those_who_look_people_up()
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync();
        var known = await all.Site.Data.CreateUserAsync("known-person");
        foreach (var (name, email) in new[] { ("Known", known.Email!.ToUpperInvariant()), ("Unknown", "nobody@example.org") })
        {
            await all.Site.Data.Database.AddAsync(new ApplicationResearcher
            {
                ApplicationId = application.Id,
                Name = name,
                Answers = $$"""{"email":"{{email}}"}""",
                CreatedAt = all.Site.Data.Now,
            });
        }

        var agent = await (await all.SignInAsync(Role.OnboardingAgent)).PageAsync(AddressOf(application));
        Assert.Contains(known.Login, agent.QuerySelector(".researchers li")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No account here", agent.QuerySelector(".researchers li:nth-child(2)")!.TextContent, StringComparison.Ordinal);
        var reviewer = await (await all.SignInAsync(Role.GovernanceReviewer)).PageAsync(AddressOf(application, "/researcher-details"));
        Assert.Empty(reviewer.QuerySelectorAll(".researchers a"));
        Assert.Contains("known-person", reviewer.QuerySelector(".researchers")!.TextContent, StringComparison.Ordinal);
    }
}
