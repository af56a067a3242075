using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Domain.Organisations;
using Microsoft.EntityFrameworkCore;
using static JobServer.Portal.Tests.Admin.ReviewedApplications;

namespace JobServer.Portal.Tests.Admin;

public sealed class ApplicationApprovalTests
{
    private static readonly (string, string)[] Usual =
        [("name", "Sleep and age"), ("roles", "project_developer"), ("roles", "project_coordinator"), ("reason", "The board met."), ("comment", "Welcome")];

    [Fact]
    public async Task An_admin_approves_and_is_led_to_what_is_left_to_do()
    {
        await using var all = await StartAsync();
        var person = await all.Site.Data.CreateUserAsync();
        var application = await all.MakeAsync(applicant: person);
        var organisation = await all.Site.Data.CreateOrganisationAsync("institute");
        var admin = await all.SignInAsync(Role.CoreDeveloper);

        var page = await admin.PageAsync(AddressOf(application, "/approve"));
        Assert.Equal("Sleep and age", page.QuerySelector("#name")!.GetAttribute("value"));
        Assert.Equal(
            ["project_coordinator", "project_developer"],
            page.QuerySelectorAll("input[name=roles][checked]").Select(input => input.GetAttribute("value")));
        var response = await admin.SubmitAsync(FormOf(page, "/approve"), [.. Usual, ("organisation", $"{organisation.Id}"), ("number", " 12 ")]);

        AssertLeadsTo(AddressOf(application, "/created"), response);
        var project = await all.Site.Data.Database.ReadAsync(db => db.Projects.SingleAsync());
        Assert.Equal(("Sleep and age", "sleep-and-age", "12", organisation.Id), (project.Name, project.Slug, project.Number, project.OrganisationId));
        var next = await admin.PageAsync(AddressOf(application, "/created"));
        var steps = next.QuerySelector(".next-steps")!;
        Assert.Equal(["Made", "Done", "Done", "Not yet", "Not yet"], steps.QuerySelectorAll(".pill").Select(pill => pill.TextContent.Trim()));

        var details = await admin.PageAsync(AddressOf(application));
        Assert.Contains("The board met.", details.QuerySelector("section[aria-labelledby=summary]")!.TextContent, StringComparison.Ordinal);
        var seen = await (await all.Site.SignInAsync(person)).PageAsync("/applications");
        Assert.Equal("Approved Fully", seen.QuerySelector(".application-list .pill")!.TextContent.Trim());
        Assert.NotNull(seen.QuerySelector("a[href='/institute/sleep-and-age']"));
    }

    [Fact]
    public async Task The_organisation_can_wait_and_the_steps_say_so()
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync();
        var admin = await all.SignInAsync(Role.CoreDeveloper);

        await ApproveAsync(admin, application, Usual);

        var steps = (await admin.PageAsync(AddressOf(application, "/created"))).QuerySelector(".next-steps")!;
        Assert.Contains("Attach the project to an organisation", steps.TextContent, StringComparison.Ordinal);
        Assert.Null((await all.Site.Data.Database.ReadAsync(db => db.Projects.SingleAsync())).OrganisationId);
    }

    [Fact]
    public async Task When_everything_is_there_nothing_is_left_to_do()
    {
        await using var all = await StartAsync();
        var person = await all.Site.Data.CreateUserAsync();
        var application = await all.MakeAsync(applicant: person);
        var organisation = await all.Site.Data.CreateOrganisationAsync();
        await all.Site.Data.Database.AddAsync(new OrganisationMembership { OrganisationId = organisation.Id, UserId = person.Id, CreatedAt = all.Site.Data.Now });
        await all.Site.Data.AddToBackendAsync(await all.Site.Data.CreateBackendAsync(), person);
        var admin = await all.SignInAsync(Role.CoreDeveloper);

        await ApproveAsync(admin, application, [.. Usual, ("organisation", $"{organisation.Id}")]);

        var page = await admin.PageAsync(AddressOf(application, "/created"));
        Assert.Contains("Everything is ready", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll(".next-steps .pill").Skip(1), pill => Assert.Equal("Done", pill.TextContent.Trim()));
    }

    [Fact]
    public async Task A_missing_decision_must_be_overridden_with_a_reason_and_two_good_ones_ask_for_none()
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync();
        var admin = await all.SignInAsync(Role.CoreDeveloper);
        var page = await admin.PageAsync(AddressOf(application, "/approve"));

        var refused = await RefusedAsync(await admin.SubmitAsync(FormOf(page, "/approve"), [.. Usual.Where(field => field.Item1 != "reason"), ("comment", "Typed")]));
        Assert.NotNull(refused.QuerySelector("a[href='#reason']"));
        Assert.Equal(0, await all.Site.Data.Database.ReadAsync(db => db.Projects.CountAsync()));

        await all.Site.Data.Database.WriteAsync((db, token) => db.Applications.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Governance.Outcome, DecisionOutcome.Approve).SetProperty(row => row.Technical.Outcome, DecisionOutcome.Approve), token));
        page = await admin.PageAsync(AddressOf(application, "/approve"));
        Assert.Null(page.QuerySelector("#reason"));
        AssertLeadsTo(AddressOf(application, "/created"), await admin.SubmitAsync(FormOf(page, "/approve"), [.. Usual.Where(field => field.Item1 != "reason")]));
    }

    [Theory]
    [InlineData("name", "", "name")]
    [InlineData("name", "\u6771\u4eac", "slug")]
    [InlineData("name", "a\u0007b", "name")]
    [InlineData("slug", "not an address", "slug")]
    [InlineData("slug", "../etc", "slug")]
    [InlineData("slug", "settings", "slug")]
    [InlineData("slug", "taken", "slug")]
    [InlineData("number", "77", "number")]
    [InlineData("number", "123456789012345678901", "number")]
    [InlineData("organisation", "none", "organisation")]
    [InlineData("organisation", "4711", "organisation")]
    [InlineData("roles", "core_developer", "roles")]
    [InlineData("roles", "", "roles")]
    public async Task Bad_input_is_refused_at_its_field_and_nothing_is_made(string field, string value, string wrong)
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync();
        var organisation = await all.Site.Data.CreateOrganisationAsync();
        await all.Site.Data.CreateProjectAsync(organisation, "taken");
        await all.Site.Data.Database.AddAsync(new Domain.Projects.Project { Name = "Other", Slug = "other", Number = "77", CreatedAt = all.Site.Data.Now });
        var admin = await all.SignInAsync(Role.CoreDeveloper);
        (string, string)[] fields = [.. Usual, ("organisation", $"{organisation.Id}")];

        var response = await SendAsync(admin, application, [.. fields.Where(other => other.Item1 != field), (field, value)]);

        var page = await RefusedAsync(response);
        Assert.NotNull(page.QuerySelector($".error-summary a[href='#{wrong}']"));
        Assert.NotNull(page.QuerySelector($"#{wrong}"));
        Assert.Equal(2, await all.Site.Data.Database.ReadAsync(db => db.Projects.CountAsync()));
        Assert.Equal(ApplicationStatus.Submitted, (await all.StoredAsync(application)).Status);
    }

    [Fact]
    public async Task Two_admins_who_approve_at_once_make_one_project()
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync();
        var (one, other) = (await all.SignInAsync(Role.CoreDeveloper), await all.SignInAsync(Role.CoreDeveloper));
        var (first, second) = (await FormAsync(one, application), await FormAsync(other, application));

        var responses = await Task.WhenAll(one.SubmitAsync(first, Usual), other.SubmitAsync(second, Usual));

        Assert.All(responses, response => AssertLeadsTo(AddressOf(application, "/created"), response));
        Assert.Equal(1, await all.Site.Data.Database.ReadAsync(db => db.Projects.CountAsync()));
        AssertLeadsTo(AddressOf(application, "/created"), await other.GetAsync(AddressOf(application, "/approve")));
    }

    [Fact]
    public async Task A_decision_that_came_meanwhile_is_shown_before_the_approval()
    {
        await using var all = await StartAsync();
        var application = await all.MakeAsync();
        var (admin, reviewer) = (await all.SignInAsync(Role.CoreDeveloper), await all.SignInAsync(Role.GovernanceReviewer));
        var form = await FormAsync(admin, application);
        await reviewer.SubmitAsync(FormOf(await reviewer.PageAsync(AddressOf(application)), "?handler=Governance"), ("governance_outcome", "reject"), ("governance_notes", "By no means."));

        var told = await RefusedAsync(await admin.SubmitAsync(form, Usual));

        Assert.Contains("somebody changed the application", told.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("By no means.", told.QuerySelector("section[aria-labelledby=decisions]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The board met.", told.QuerySelector("#reason")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await all.Site.Data.Database.ReadAsync(db => db.Projects.CountAsync()));
    }

    private static async Task<IHtmlFormElement> FormAsync(Browser admin, Application application) =>
        FormOf(await admin.PageAsync(AddressOf(application, "/approve")), "/approve");

    private static async Task<HttpResponseMessage> SendAsync(Browser admin, Application application, (string, string)[] fields) =>
        await admin.SubmitAsync(await FormAsync(admin, application), fields);

    private static async Task ApproveAsync(Browser admin, Application application, (string, string)[] fields) =>
        AssertLeadsTo(AddressOf(application, "/created"), await SendAsync(admin, application, fields));
}
