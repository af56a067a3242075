using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using JobServer.Data.Notifications;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Domain.Notifications;
using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Pages;

public sealed class ProjectSettingsTests
{
    [Fact]
    public async Task A_coordinator_renames_the_project_and_its_former_address_leads_to_it()
    {
        await using var site = await PortalSite.StartAsync();
        var (study, coordinator) = await MakeAsync(site);
        var browser = await site.SignInAsync(coordinator);

        var renamed = await RenameAsync(browser, study, "Asthma & Sleep (2026)");

        Assert.Equal($"{study.Organisation}/asthma-sleep-2026/settings", renamed.Headers.Location!.ToString());
        var page = await browser.PageAsync($"{study.Organisation}/asthma-sleep-2026");
        Assert.Equal("Asthma & Sleep (2026)", page.QuerySelector("h1")!.TextContent);
        var old = await browser.GetAsync(study.Workspace + "/logs/");
        Assert.Equal(HttpStatusCode.MovedPermanently, old.StatusCode);
        Assert.Equal($"{study.Organisation}/asthma-sleep-2026/{study.Study.Workspace.Slug}/logs/", old.Headers.Location!.ToString());
        var entry = await site.Data.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Act == AuditAct.ProjectRenamed));
        Assert.Equal(coordinator.Id, entry.ActorId);
    }

    [Theory]
    [InlineData("", "Enter a name")]
    [InlineData("???", "letters a to z")]
    [InlineData("New workspace", "in its own addresses")]
    [InlineData("Asthma \u202egnp.exe", "cannot be shown")]
    public async Task A_name_that_makes_no_address_is_refused_and_kept_in_the_form(string name, string message)
    {
        await using var site = await PortalSite.StartAsync();
        var (study, coordinator) = await MakeAsync(site);

        var page = PortalSite.Parse(await (await RenameAsync(await site.SignInAsync(coordinator), study, name)).Content.ReadAsStringAsync());

        Assert.Contains(message, page.GetElementById("Input_Name_error")!.TextContent);
        Assert.NotNull(page.QuerySelector(".error-summary a[href='#Input_Name']"));
        Assert.Equal(name, ((IHtmlInputElement)page.GetElementById("Input_Name")!).Value);
    }

    [Fact]
    public async Task The_name_of_another_project_of_the_organisation_is_refused()
    {
        await using var site = await PortalSite.StartAsync();
        var (study, coordinator) = await MakeAsync(site);
        var organisation = await site.Data.Database.ReadAsync(db => db.Organisations.SingleAsync(row => row.Id == study.Study.Project.OrganisationId));
        await site.Data.CreateProjectAsync(organisation, "asthma");

        var answer = await RenameAsync(await site.SignInAsync(coordinator), study, "ASTHMA");

        Assert.Contains("Another project of", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Of_two_who_rename_at_the_same_time_the_second_is_told()
    {
        await using var site = await PortalSite.StartAsync();
        var (study, coordinator) = await MakeAsync(site);
        var browser = await site.SignInAsync(coordinator);
        var seen = await browser.PageAsync(study.Project + "/settings");
        await RenameAsync(browser, study, study.Study.Project.Slug + " ");

        var form = (IHtmlFormElement)seen.QuerySelector("main form")!;
        await browser.SubmitAsync(form, ("Input.Name", study.Study.Project.Slug.ToUpperInvariant()));
        var second = await browser.SubmitAsync(form, ("Input.Name", "Mine"));

        Assert.Contains("Somebody else changed the project", await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_coordinator_changes_the_roles_of_a_member_who_is_told()
    {
        await using var site = await PortalSite.StartAsync();
        var (study, coordinator) = await MakeAsync(site);
        var browser = await site.SignInAsync(coordinator);
        var settings = await browser.PageAsync(study.Project + "/settings");
        var developer = study.Study.Developer;
        var edit = settings.QuerySelectorAll("section:has(> #members) li a").Select(link => link.GetAttribute("href")!).Single(link => link.EndsWith(developer.Login, StringComparison.Ordinal));

        var page = await browser.PageAsync(edit);
        Assert.Equal(["Project Developer"], page.QuerySelectorAll("input[name=Roles][checked]").Select(box => page.QuerySelector($"label[for='{box.Id}']")!.TextContent));
        var saved = await browser.SubmitAsync(Form(page), ("Roles", nameof(Role.ProjectCollaborator)), ("Roles", nameof(Role.ProjectCoordinator)));

        Assert.Equal(study.Project + "/settings", saved.Headers.Location!.ToString());
        Assert.Contains("Project Collaborator, Project Coordinator", (await browser.PageAsync(study.Project + "/settings")).QuerySelector("section:has(> #members)")!.TextContent);
        var message = await site.Data.Database.ReadAsync(db => db.OutboxMessages.SingleAsync());
        Assert.Equal((MessageTemplate.ProjectRolesChanged, developer.Email), (message.Template, message.Recipient));
        Assert.Equal(["Project Collaborator", "Project Coordinator"], JsonSerializer.Deserialize<ProjectMemberNotice>(message.Data, JsonSerializerOptions.Web)!.Roles);
        var entry = await site.Data.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Act == AuditAct.RolesChanged));
        Assert.Contains("project_developer", entry.Details);
    }

    [Fact]
    public async Task Roles_that_hold_for_all_projects_cannot_be_smuggled_in()
    {
        await using var site = await PortalSite.StartAsync();
        var (study, coordinator) = await MakeAsync(site);
        var browser = await site.SignInAsync(coordinator);
        var page = await browser.PageAsync($"{study.Project}/settings/members/{study.Study.Developer.Login}");

        foreach (var role in new[] { nameof(Role.CoreDeveloper), "0", "nonsense" })
        {
            var answer = await browser.SubmitAsync(Form(page), ("Roles", role));
            Assert.Contains("Choose among the roles of the list", await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal([Role.ProjectDeveloper], await RolesAsync(site, study, study.Study.Developer));
    }

    [Fact]
    public async Task A_form_that_others_have_overtaken_changes_nothing_and_shows_what_is_stored()
    {
        await using var site = await PortalSite.StartAsync();
        var (study, coordinator) = await MakeAsync(site);
        var browser = await site.SignInAsync(coordinator);
        var page = await browser.PageAsync($"{study.Project}/settings/members/{study.Study.Developer.Login}");
        await browser.SubmitAsync(Form(page), ("Roles", nameof(Role.ProjectCollaborator)));

        var late = await browser.SubmitAsync(Form(page), ("Roles", nameof(Role.ProjectCoordinator)));

        var answer = PortalSite.Parse(await late.Content.ReadAsStringAsync());
        Assert.Contains("Nothing was changed", answer.GetElementById("Roles_error")!.TextContent);
        Assert.Equal("role-ProjectCollaborator", answer.QuerySelector("input[name=Roles][checked]")!.Id);
        Assert.Equal([Role.ProjectCollaborator], await RolesAsync(site, study, study.Study.Developer));
        Assert.Contains("Nothing was changed", await (await browser.SubmitAsync(Removal(page))).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Coordinators_who_take_the_role_from_themselves_are_warned_first()
    {
        await using var site = await PortalSite.StartAsync();
        var (study, coordinator) = await MakeAsync(site);
        var browser = await site.SignInAsync(coordinator);
        var page = await browser.PageAsync($"{study.Project}/settings/members/{coordinator.Login}");

        var warned = PortalSite.Parse(await (await browser.SubmitAsync(Form(page), ("Roles", nameof(Role.ProjectDeveloper)))).Content.ReadAsStringAsync());

        Assert.Contains("Nobody else has it in this project", warned.GetElementById("warning")!.TextContent);
        Assert.Equal([Role.ProjectCoordinator], await RolesAsync(site, study, coordinator));

        var sure = await browser.SubmitAsync(Form(warned), ("Roles", nameof(Role.ProjectDeveloper)), ("Sure", "true"));

        Assert.Equal(study.Project, sure.Headers.Location!.ToString());
        Assert.Equal([Role.ProjectDeveloper], await RolesAsync(site, study, coordinator));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(study.Project + "/settings")).StatusCode);
        Assert.Empty(await site.Data.Database.ReadAsync(db => db.OutboxMessages.ToListAsync()));
    }

    [Fact]
    public async Task A_member_who_is_removed_is_told_and_can_no_longer_do_anything_there()
    {
        await using var site = await PortalSite.StartAsync();
        var (study, coordinator) = await MakeAsync(site);
        var browser = await site.SignInAsync(coordinator);
        var member = await site.SignInAsync(study.Study.Developer);
        var page = await browser.PageAsync($"{study.Project}/settings/members/{study.Study.Developer.Login}");

        var removed = await browser.SubmitAsync(Removal(page));

        Assert.Equal(study.Project + "/settings", removed.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync(study.Project + "/new-workspace/")).StatusCode);
        Assert.Contains("You are no member of this project", (await member.PageAsync(study.Project)).QuerySelector("section:has(#missing)")!.TextContent);
        Assert.Equal(MessageTemplate.RemovedFromProject, (await site.Data.Database.ReadAsync(db => db.OutboxMessages.SingleAsync())).Template);
        Assert.NotNull(await site.Data.Database.ReadAsync(db => db.AuditEntries.SingleOrDefaultAsync(row => row.Act == AuditAct.MembershipChanged)));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"{study.Project}/settings/members/{study.Study.Developer.Login}")).StatusCode);
    }

    [Fact]
    public async Task Others_are_told_which_role_is_missing_and_nobody_can_add_members_here()
    {
        await using var site = await PortalSite.StartAsync();
        var (study, coordinator) = await MakeAsync(site);

        var refused = await (await site.SignInAsync(study.Study.Developer)).PageAsync(study.Project + "/settings", HttpStatusCode.Forbidden);
        var settings = await (await site.SignInAsync(coordinator)).PageAsync(study.Project + "/settings");

        Assert.Contains("Project Coordinator", refused.QuerySelector("main")!.TextContent);
        Assert.Contains("ask an Onboarding Agent or a Core Developer", settings.QuerySelector("section:has(> #members)")!.TextContent);
        Assert.Null((await (await site.SignInAsync(study.Study.Developer)).PageAsync(study.Project)).QuerySelector($"a[href='{study.Project}/settings']"));
    }

    private static async Task<(StudySite Study, User Coordinator)> MakeAsync(PortalSite site)
    {
        var study = await StudySite.MakeAsync(site);
        var coordinator = await site.Data.CreateUserAsync();
        await site.Data.AddMemberAsync(study.Study.Project, coordinator, Role.ProjectCoordinator);
        return (study, coordinator);
    }

    private static IHtmlFormElement Form(IHtmlDocument page) => (IHtmlFormElement)page.QuerySelector("main form:has([name=Roles])")!;

    private static IHtmlFormElement Removal(IHtmlDocument page) => (IHtmlFormElement)page.QuerySelector("main form[action$='handler=Remove']")!;

    private static async Task<HttpResponseMessage> RenameAsync(Browser browser, StudySite study, string name)
    {
        var page = await browser.PageAsync(study.Project + "/settings");
        return await browser.SubmitAsync((IHtmlFormElement)page.QuerySelector("main form")!, ("Input.Name", name));
    }

    private static Task<List<Role>> RolesAsync(PortalSite site, StudySite study, User user) => site.Data.Database.ReadAsync(db => db.ProjectMemberships
        .Where(member => member.ProjectId == study.Study.Project.Id && member.UserId == user.Id)
        .SelectMany(member => member.Roles).Select(role => role.Role).ToListAsync());
}
