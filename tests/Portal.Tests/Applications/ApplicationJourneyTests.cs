using System.Net;
using JobServer.Domain.Applications;
using JobServer.Domain.Notifications;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Applications;

public sealed class ApplicationJourneyTests
{
    [Fact]
    public async Task A_person_starts_fills_in_checks_and_submits_an_application()
    {
        await using var site = await PortalSite.StartAsync();
        var visitor = site.NewBrowser();
        Assert.Equal("/apply/terms", (await visitor.PageAsync("/apply")).QuerySelector("main a.btn-primary")!.GetAttribute("href"));
        Assert.StartsWith("/login?next=%2Fapply%2Fterms", (await visitor.GetAsync("/apply/terms")).Headers.Location!.ToString(), StringComparison.Ordinal);

        var applicant = await Applicant.StartAsync(site);
        await applicant.FillAsync("Sleep <b>and</b> the heart");

        var tasks = await applicant.Browser.PageAsync(applicant.Address);
        Assert.Equal("15 of 15 pages filled in", tasks.QuerySelector(".application-progress label")!.TextContent);
        Assert.All(tasks.QuerySelectorAll(".task-list .pill"), pill => Assert.Equal("Complete", pill.TextContent.Trim()));
        var check = await applicant.Browser.PageAsync(applicant.Address + "/confirmation");
        Assert.Empty(check.QuerySelectorAll(".missing"));
        Assert.Contains("Sleep <b>and</b> the heart", check.QuerySelector("section:has(> * > #study-information)")!.TextContent, StringComparison.Ordinal);
        Assert.Null(check.QuerySelector("main b"));

        Assert.Equal("/applications", (await applicant.SubmitAsync()).Headers.Location!.ToString());

        var list = await applicant.Browser.PageAsync("/applications");
        Assert.Contains("was submitted", list.QuerySelector(".notice-success")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Submitted", list.QuerySelector(".application-list .pill")!.TextContent.Trim());
        Assert.NotNull((await applicant.StoredAsync()).SubmittedAt);
        var mail = await site.Data.Database.ReadAsync(db => db.OutboxMessages.SingleAsync());
        Assert.Equal((MessageTemplate.ApplicationReceived, applicant.Person.Email), (mail.Template, mail.Recipient));
    }

    [Fact]
    public async Task Without_applications_the_list_says_what_one_is_and_how_to_start()
    {
        await using var site = await PortalSite.StartAsync();
        var page = await (await site.SignInAsync(await site.Data.CreateUserAsync())).PageAsync("/applications");

        Assert.Equal("No applications yet", page.QuerySelector(".empty-heading")!.TextContent);
        var start = page.QuerySelector(".page-header a")!;
        Assert.Equal(("Start a new project", "/apply"), (start.TextContent.Trim(), start.GetAttribute("href")));
    }

    [Fact]
    public async Task A_page_is_saved_half_empty_and_what_is_missing_is_said_before_the_submission()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);

        var response = await applicant.SaveAsync("study-information", ("study_name", "Sleep"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var check = await applicant.Browser.PageAsync(applicant.Address + "/confirmation");
        var section = check.QuerySelector("section:has(> * > #study-information)")!;
        Assert.Contains("Sleep", section.TextContent, StringComparison.Ordinal);
        Assert.Single(section.QuerySelectorAll("dd.missing"));
        Assert.Equal($"{applicant.Address}/study-information", section.QuerySelector("a")!.GetAttribute("href"));
        Assert.NotNull(check.QuerySelector($".error-summary a[href='{applicant.Address}/study-information#study_purpose']"));
        Assert.NotNull(check.QuerySelector("button[disabled][aria-describedby]"));

        var refused = await Applicant.ReadAsync(await applicant.SubmitAsync());
        Assert.Contains("answers are missing", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(ApplicationStatus.Ongoing, (await applicant.StoredAsync()).Status);
    }

    [Fact]
    public async Task Without_a_type_of_study_nobody_goes_on_but_the_page_is_saved()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);

        var page = await Applicant.ReadAsync(await applicant.SaveAsync("type-of-study"));

        Assert.Contains("at least one type", page.QuerySelector("#types_of_study_error")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".error-summary a[href='#types_of_study']"));
        Assert.Contains("types_of_study_error", page.QuerySelector("fieldset:has(#types_of_study)")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Contains((await applicant.StoredAsync()).Pages, saved => saved.Key == "type-of-study");
    }

    [Fact]
    public async Task An_application_is_deleted_and_restored()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);
        await applicant.SaveAsync("study-information", ("study_name", "Sleep"));

        var list = await applicant.Browser.PageAsync("/applications");
        await applicant.Browser.SubmitAsync((AngleSharp.Html.Dom.IHtmlFormElement)list.QuerySelector("form[action*='Delete' i]")!);

        list = await applicant.Browser.PageAsync("/applications");
        Assert.Equal("Sleep", list.QuerySelector("section:has(> #deleted) h3")!.TextContent);
        Assert.Empty(list.QuerySelectorAll(".application-list li"));
        Assert.Empty((await applicant.PageAsync("study-information")).QuerySelectorAll("main textarea"));

        await applicant.Browser.SubmitAsync((AngleSharp.Html.Dom.IHtmlFormElement)list.QuerySelector("form[action*='Restore' i]")!);
        Assert.Equal("Sleep", (await applicant.Browser.PageAsync("/applications")).QuerySelector(".application-list h2")!.TextContent);
    }

    [Fact]
    public async Task A_project_without_an_organisation_is_shown_with_what_to_do()
    {
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?> { ["Portal:ContactAddress"] = "help@example.org" });
        var applicant = await Applicant.StartAsync(site);
        var project = await site.Data.CreateProjectAsync();
        await site.Data.Database.WriteAsync((db, token) =>
            db.Applications.ExecuteUpdateAsync(set => set.SetProperty(row => row.ProjectId, project.Id), token));

        var section = (await applicant.Browser.PageAsync("/applications")).QuerySelector("section:has(> #unattached)")!;

        Assert.Contains(project.Name, section.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ask for an organisation", section.TextContent, StringComparison.Ordinal);
        Assert.NotNull(section.QuerySelector("a[href='mailto:help@example.org']"));
    }
}
