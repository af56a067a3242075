using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Access;
using JobServer.Domain.Notifications;
using JobServer.Domain.Organisations;
using JobServer.Domain.Projects;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Admin;

public sealed class ProjectTests
{
    [Fact]
    public async Task The_list_finds_by_number_organisation_and_status()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("olive", Role.OnboardingAgent));
        var organisation = await site.Data.CreateOrganisationAsync("north");
        await AddAsync(site, "asthma", "10", organisation, ProjectStatus.Ongoing);
        await AddAsync(site, "sleep", "9", null, ProjectStatus.Retired);

        Assert.Equal(["sleep", "asthma"], await SlugsAsync(browser, ""));
        Assert.Equal(["asthma"], await SlugsAsync(browser, "?q=10"));
        Assert.Equal(["sleep"], await SlugsAsync(browser, "?organisation=none"));
        Assert.Equal(["asthma"], await SlugsAsync(browser, $"?organisation={organisation.Id}"));
        Assert.Equal(["sleep"], await SlugsAsync(browser, "?status=retired"));
        Assert.Contains("No project matches", (await browser.PageAsync("/admin/projects?q=nowhere")).QuerySelector("main")!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/admin/projects/new")).StatusCode);
    }

    [Fact]
    public async Task From_nothing_to_a_project_with_a_member_who_is_told()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var organisation = await site.Data.CreateOrganisationAsync("north");
        var ada = await site.Data.CreateUserAsync("ada");

        var form = Form(await browser.PageAsync($"/admin/projects/new?organisation={organisation.Id}"), "/admin/projects/new");
        var made = await browser.SubmitWholeAsync(form, ("Input.Name", "Asthma 2026"), ("Input.Number", "12"));
        var members = await browser.PageAsync(made.Headers.Location + "?q=ada");
        var add = members.QuerySelector("#found a")!.GetAttribute("href")!;
        var page = await browser.PageAsync(add);
        Assert.Contains("no organisation and no backend", page.QuerySelector("main")!.TextContent);
        await browser.SubmitWholeAsync(Form(page, add));

        Assert.Contains("Project Developer", (await browser.PageAsync(made.Headers.Location!.ToString())).GetElementById("members")!.TextContent);
        Assert.Contains("12", (await browser.PageAsync("/north/asthma-2026")).QuerySelector("dl.facts")!.TextContent);
        var mail = await site.Data.Database.ReadAsync(db => db.OutboxMessages.SingleAsync());
        Assert.Equal((MessageTemplate.AddedToProject, ada.Email), (mail.Template, mail.Recipient));
    }

    [Fact]
    public async Task A_member_gets_other_roles_and_is_removed_and_a_page_that_is_too_old_changes_nothing()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var (project, ada) = (await site.Data.CreateProjectAsync(), await site.Data.CreateUserAsync("ada"));
        await site.Data.AddMemberAsync(project, ada, Role.ProjectDeveloper);
        var here = $"/admin/projects/{project.Id}/members/{ada.Id}";
        var seen = await browser.PageAsync(here);

        await browser.SubmitWholeAsync(Form(seen, here), ("Roles", "ProjectCoordinator"));
        var second = await browser.SubmitWholeAsync(Form(seen, here), ("Roles", "ProjectCollaborator"));

        Assert.Equal(here, second.Headers.Location!.ToString());
        Assert.Contains("Nothing was changed", (await browser.PageAsync(here)).Body!.TextContent);
        Assert.Equal([Role.ProjectCoordinator], await site.Data.Database.ReadAsync(db => db.Set<ProjectMembershipRole>().Select(role => role.Role).ToListAsync()));
        await browser.SubmitWholeAsync(Form(await browser.PageAsync(here), here + "?handler=Remove"));
        Assert.Equal(0, await site.Data.Database.ReadAsync(db => db.ProjectMemberships.CountAsync()));
    }

    [Fact]
    public async Task An_onboarding_agent_adds_a_member_and_can_neither_change_nor_remove_one()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("olive", Role.OnboardingAgent));
        var (project, ada) = (await site.Data.CreateProjectAsync(), await site.Data.CreateUserAsync("ada"));
        var here = $"/admin/projects/{project.Id}/members/{ada.Id}";
        var form = Form(await browser.PageAsync(here), here);
        await browser.SubmitWholeAsync(form);

        var changed = await browser.SubmitWholeAsync(form, ("Revision", "0"), ("Roles", "ProjectCoordinator"));
        form.SetAttribute("action", here + "?handler=Remove");
        var removed = await browser.SubmitWholeAsync(form, ("Revision", "0"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (changed.StatusCode, removed.StatusCode));
        Assert.Equal([Role.ProjectDeveloper], await site.Data.Database.ReadAsync(db => db.Set<ProjectMembershipRole>().Select(role => role.Role).ToListAsync()));
        Assert.Null((await browser.PageAsync(here)).QuerySelector("form[action$='handler=Remove']"));
    }

    [Fact]
    public async Task A_role_that_holds_everywhere_cannot_be_given_in_a_project()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("olive", Role.OnboardingAgent));
        var (project, ada) = (await site.Data.CreateProjectAsync(), await site.Data.CreateUserAsync("ada"));
        var here = $"/admin/projects/{project.Id}/members/{ada.Id}";

        var answer = await browser.SubmitWholeAsync(Form(await browser.PageAsync(here), here), ("Roles", "CoreDeveloper"));

        Assert.Contains("the others hold for all projects", await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, await site.Data.Database.ReadAsync(db => db.ProjectMemberships.CountAsync()));
    }

    [Fact]
    public async Task Number_slug_and_weight_that_cannot_be_are_refused_at_their_fields()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var organisation = await site.Data.CreateOrganisationAsync("north");
        var project = await AddAsync(site, "asthma", "10", organisation, ProjectStatus.Ongoing);
        await AddAsync(site, "sleep", "9", organisation, ProjectStatus.Ongoing);

        Assert.Contains("has the number 9", await ErrorAsync("Input_Number", ("Input.Number", "9")));
        Assert.Contains("has the slug 'SLEEP'", await ErrorAsync("Input_Slug", ("Input.Slug", "SLEEP")));
        Assert.Contains("in its own addresses", await ErrorAsync("Input_Slug", ("Input.Slug", "new-workspace")));
        Assert.Contains("from 1 to", await ErrorAsync("Input_Weight", ("Input.Weight", "none")));
        Assert.Contains("from 1 to", await ErrorAsync("Input_Weight", ("Input.Weight", "0")));
        Assert.Contains("Choose one of the list", await ErrorAsync("Input_Status", ("Input.Status", "77")));

        async Task<string> ErrorAsync(string field, (string, string) typed)
        {
            var here = $"/admin/projects/{project.Id}";
            var answer = await browser.SubmitWholeAsync(Form(await browser.PageAsync(here), here), typed);
            return PortalSite.Parse(await answer.Content.ReadAsStringAsync()).GetElementById(field + "_error")!.TextContent;
        }
    }

    [Fact]
    public async Task An_onboarding_agent_attaches_and_only_a_core_developer_moves()
    {
        await using var site = await PortalSite.StartAsync();
        var (north, south) = (await site.Data.CreateOrganisationAsync("north"), await site.Data.CreateOrganisationAsync("south"));
        var project = await AddAsync(site, "asthma", null, null, ProjectStatus.Postponed);
        var here = $"/admin/projects/{project.Id}";
        var agent = await site.SignInAsync(await site.Data.CreateUserAsync("olive", Role.OnboardingAgent));
        var seen = await agent.PageAsync(here);

        await agent.SubmitWholeAsync(Form(seen, here + "?handler=Move"), ("Organisation", $"{north.Id}"));
        var refused = await agent.SubmitWholeAsync(Form(seen, here + "?handler=Move"), ("Organisation", $"{south.Id}"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("Postponed", (await agent.PageAsync("/north/asthma")).QuerySelector("dl.facts")!.TextContent);
        var admin = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        await admin.SubmitWholeAsync(Form(await admin.PageAsync(here), here + "?handler=Move"), ("Organisation", $"{south.Id}"));
        Assert.Equal("/south/asthma", (await admin.GetAsync("/north/asthma")).Headers.Location!.ToString());
    }

    private static Task<Project> AddAsync(PortalSite site, string slug, string? number, Organisation? organisation, ProjectStatus status) =>
        site.Data.Database.AddAsync(new Project { Name = slug, Slug = slug, Number = number, OrganisationId = organisation?.Id, Status = status, CreatedAt = site.Data.Now });

    private static IHtmlFormElement Form(IHtmlDocument page, string action) =>
        page.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().Single(form => form.GetAttribute("action") == action);

    private static async Task<List<string>> SlugsAsync(Browser browser, string query) =>
        [.. (await browser.PageAsync("/admin/projects" + query)).QuerySelectorAll("tbody th .quiet").Select(slug => slug.TextContent)];
}
