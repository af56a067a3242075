using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Admin;

public sealed class ApplicationListTests
{
    [Fact]
    public async Task The_newest_submitted_comes_first_and_deleted_ones_are_not_there()
    {
        await using var all = await ReviewedApplications.StartAsync();
        await all.MakeAsync("First");
        var deleted = await all.MakeAsync("Deleted");
        await all.MakeAsync("Second");
        await all.MakeAsync("", ApplicationStatus.Ongoing);
        DateTimeOffset? now = all.Site.Data.Now;
        await all.Site.Data.Database.WriteAsync((db, token) =>
            db.Applications.Where(row => row.Id == deleted.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.DeletedAt, now), token));
        var reviewer = await all.SignInAsync(Role.GovernanceReviewer);

        var page = await reviewer.PageAsync("/admin/applications");

        Assert.Equal(["Second", "First", "Study without a name yet"], Studies(page));
        Assert.Equal(HttpStatusCode.NotFound, (await reviewer.GetAsync(ReviewedApplications.AddressOf(deleted))).StatusCode);
    }

    [Fact]
    public async Task An_application_is_found_by_study_applicant_and_reference()
    {
        await using var all = await ReviewedApplications.StartAsync();
        var found = await all.MakeAsync("Ærø's 100% \"heart\" study", applicant: await all.Site.Data.CreateUserAsync("zebra-login"));
        await all.MakeAsync("Another one");
        var admin = await all.SignInAsync(Role.CoreDeveloper);

        foreach (var words in (string[])["Ærø's 100%", "\"HEART\"", "zebra-login", "Person zebra", found.PublicId])
        {
            Assert.Equal(["Ærø's 100% \"heart\" study"], Studies(await admin.PageAsync($"/admin/applications?q={Uri.EscapeDataString(words)}")));
        }

        // Words of other answers are not searched for, and a wildcard is a letter like any.
        foreach (var words in (string[])["know", "study_purpose", "100_", "%25%25", "\0"])
        {
            var none = await admin.PageAsync($"/admin/applications?q={(words[0] == '%' ? words : Uri.EscapeDataString(words))}&status=submitted");
            Assert.Equal(words == "\0" ? 2 : 0, Studies(none).Count);
        }

        var empty = await admin.PageAsync("/admin/applications?q=nothing-like-it");
        Assert.Equal("No application matches", empty.QuerySelector(".empty-heading")!.TextContent);
        Assert.NotNull(empty.QuerySelector("main a[href='/admin/applications'].btn"));
    }

    [Fact]
    public async Task Filters_narrow_by_status_missing_decision_and_project()
    {
        await using var all = await ReviewedApplications.StartAsync();
        var decided = await all.MakeAsync("Decided");
        var project = await all.Site.Data.CreateProjectAsync();
        await all.Site.Data.Database.WriteAsync((db, token) => db.Applications.Where(row => row.Id == decided.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Governance.Outcome, DecisionOutcome.Approve).SetProperty(row => row.ProjectId, project.Id), token));
        await all.MakeAsync("Handed back", ApplicationStatus.Deferred);
        var admin = await all.SignInAsync(Role.CoreDeveloper);

        Assert.Equal(["Handed back"], Studies(await admin.PageAsync("/admin/applications?status=deferred")));
        Assert.Equal(["Handed back"], Studies(await admin.PageAsync("/admin/applications?missing=governance")));
        Assert.Equal(["Handed back", "Decided"], Studies(await admin.PageAsync("/admin/applications?missing=technical")));
        Assert.Equal(["Decided"], Studies(await admin.PageAsync("/admin/applications?project=with")));
        Assert.Equal(["Handed back"], Studies(await admin.PageAsync("/admin/applications?project=without")));
        Assert.Equal(2, Studies(await admin.PageAsync("/admin/applications?status=nonsense&missing=1&project=x&page=-3")).Count);
    }

    [Fact]
    public async Task Twenty_five_are_on_a_page_and_the_filter_goes_along()
    {
        await using var all = await ReviewedApplications.StartAsync();
        for (var i = 0; i < 27; i++)
        {
            await all.MakeAsync($"Study {i}");
        }

        var admin = await all.SignInAsync(Role.CoreDeveloper);
        var first = await admin.PageAsync("/admin/applications?status=submitted");
        Assert.Equal(25, Studies(first).Count);
        var second = await admin.PageAsync(first.QuerySelector("nav.pager a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(["Study 1", "Study 0"], Studies(second));
        Assert.Contains("27 applications", second.QuerySelector("caption")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_who_may_not_read_applications_do_not_learn_that_there_is_a_list()
    {
        await using var all = await ReviewedApplications.StartAsync();
        var application = await all.MakeAsync();
        var address = ReviewedApplications.AddressOf(application);

        // Also the applicant, who has pages of their own.
        var applicant = await all.Site.SignInAsync(await all.Site.Data.Database.ReadAsync(db => db.Users.SingleAsync(user => user.Id == application.CreatedById)));
        foreach (var browser in (Browser[])[applicant, await all.SignInAsync(Role.OutputChecker)])
        {
            foreach (var page in (string[])["/admin/applications", address, $"{address}/study-information", $"{address}/approve", $"{address}/created"])
            {
                Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(page)).StatusCode);
            }
        }

        foreach (var role in (Role[])[Role.GovernanceReviewer, Role.TechnicalReviewer, Role.OnboardingAgent])
        {
            var reader = await all.SignInAsync(role);
            await reader.PageAsync("/admin/applications");
            await reader.PageAsync(address);
            await reader.PageAsync($"{address}/study-information");
            Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"{address}/approve")).StatusCode);
        }
    }

    [Fact]
    public async Task Each_page_asks_the_database_ten_times_at_most()
    {
        var count = new CommandCount();
        await using var all = new ReviewedApplications(await PortalSite.StartAsync(configure: count.AddTo));
        var application = await all.MakeAsync();
        await all.Site.Data.Database.AddAsync(new ApplicationResearcher
        {
            ApplicationId = application.Id,
            Name = "Ana",
            Answers = """{"email":"ana@example.org"}""",
            CreatedAt = all.Site.Data.Now,
        });
        var admin = await all.SignInAsync(Role.CoreDeveloper);
        foreach (var page in (string[])["", "/researcher-details", "/approve"])
        {
            await AssertBudgetAsync(ReviewedApplications.AddressOf(application, page));
        }

        await AssertBudgetAsync("/admin/applications?q=sleep&status=submitted");
        var project = await all.Site.Data.CreateProjectAsync(await all.Site.Data.CreateOrganisationAsync());
        await all.Site.Data.Database.WriteAsync((db, token) =>
            db.Applications.ExecuteUpdateAsync(set => set.SetProperty(row => row.ProjectId, project.Id), token));
        await AssertBudgetAsync(ReviewedApplications.AddressOf(application, "/created"));

        async Task AssertBudgetAsync(string address)
        {
            await admin.PageAsync(address);
            var before = count.Value;
            await admin.PageAsync(address);
            Assert.True(count.Value - before <= 10, $"{address} asked the database {count.Value - before} times.");
        }
    }

    private static List<string> Studies(IHtmlDocument page) => [.. page.QuerySelectorAll("tbody th a").Select(link => link.TextContent)];
}
