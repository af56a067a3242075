using JobServer.Domain.Access;
using JobServer.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Pages;

public sealed class ProjectTests
{
    [Fact]
    public async Task Archived_workspaces_come_last_and_say_so()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        await ChangeAsync(site, await site.Data.CreateWorkspaceAsync(study.Study.Project, study.Study.Developer, "aaa"), workspace => workspace.IsArchived = true);

        var page = await site.NewBrowser().PageAsync(study.Project);

        var rows = page.QuerySelectorAll("section:has(> #workspaces) li").Select(row => row.TextContent).ToList();
        Assert.Contains(study.Study.Workspace.Slug, rows[0]);
        Assert.Contains("aaa", rows[1]);
        Assert.Contains("Archived", rows[1]);
        Assert.NotNull(page.QuerySelector($"a[href='{study.Workspace}/logs/']"));
    }

    [Fact]
    public async Task People_see_the_researchers_with_the_roles_they_have_in_this_project()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var checker = await site.Data.CreateUserAsync(Role.OutputChecker);
        await site.Data.AddMemberAsync(study.Study.Project, checker, Role.ProjectCollaborator);

        var people = (await (await site.SignInAsync(checker)).PageAsync(study.Project)).QuerySelector("section:has(> #researchers)")!;
        var visitors = (await site.NewBrowser().PageAsync(study.Project)).QuerySelector("section:has(> #researchers)")!;

        Assert.Equal([study.Study.Developer.FullName, checker.FullName], people.QuerySelectorAll(".name").Select(name => name.TextContent).Order());
        Assert.Contains("Project Developer", people.TextContent);
        Assert.Contains("Project Collaborator", people.TextContent);
        Assert.DoesNotContain("Output Checker", people.TextContent);
        Assert.Contains("2 people", visitors.TextContent);
        Assert.Contains("Sign in", visitors.TextContent);
    }

    [Fact]
    public async Task Creating_a_workspace_is_offered_to_those_who_may_and_explained_to_the_others()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);

        var may = await (await site.SignInAsync(study.Study.Developer)).PageAsync(study.Project);
        var mayNot = await (await site.SignInAsync(await site.Data.CreateUserAsync())).PageAsync(study.Project);

        Assert.Equal($"{study.Project}/new-workspace/", may.QuerySelector(".page-actions a")!.GetAttribute("href"));
        Assert.NotNull(mayNot.QuerySelector(".page-actions button[disabled]"));
        Assert.Contains("Project Developer", mayNot.QuerySelector("#why-no-workspace")!.TextContent);
    }

    [Fact]
    public async Task An_address_that_no_code_host_of_the_site_knows_is_shown_but_not_linked()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        await ChangeAsync(site, study.Study.Workspace, workspace => workspace.Repository = "javascript://evil/%0aalert(1)");

        var repos = (await site.NewBrowser().PageAsync(study.Project)).QuerySelector("section:has(> #repos)")!;

        Assert.Contains("evil", repos.TextContent);
        Assert.Empty(repos.QuerySelectorAll("a"));
    }

    private static Task<bool> ChangeAsync(PortalSite site, Workspace workspace, Action<Workspace> change) => site.Data.Database.WriteAsync(async (db, token) =>
    {
        change(await db.Workspaces.SingleAsync(row => row.Id == workspace.Id, token));
        return true;
    });
}
