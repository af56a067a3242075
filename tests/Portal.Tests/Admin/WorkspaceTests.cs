using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Admin;

public sealed class WorkspaceTests
{
    [Fact]
    public async Task A_workspace_moves_to_another_project_and_its_former_address_leads_on()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var (study, north) = (await site.Data.CreateStudyAsync(), await site.Data.CreateOrganisationAsync("north"));
        var to = await site.Data.CreateProjectAsync(north, "sleep");
        var former = await AddressAsync(browser, study.Workspace.Id);
        var here = $"/admin/workspaces/{study.Workspace.Id}";
        var form = (IHtmlFormElement)(await browser.PageAsync(here + "?q=sleep")).QuerySelector("#found form")!;

        await browser.SubmitAsync(form);
        await browser.SubmitAsync(form);

        Assert.Contains("somebody else moved the workspace", (await browser.PageAsync(here)).Body!.TextContent);
        Assert.Equal($"/north/sleep/{study.Workspace.Slug}", (await browser.GetAsync(former)).Headers.Location!.ToString());
        Assert.Equal(to.Id, await site.Data.Database.ReadAsync(db => db.Workspaces.Select(row => row.ProjectId).SingleAsync()));
        Assert.Single(await site.Data.Database.ReadAsync(db => db.AuditEntries.Where(row => row.Act == AuditAct.WorkspaceMoved).ToListAsync()));
    }

    [Fact]
    public async Task A_redirect_is_found_and_deleted_and_then_leads_nowhere()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var study = await site.Data.CreateStudyAsync();
        await site.Data.CreateProjectAsync(await site.Data.CreateOrganisationAsync("north"), "sleep");
        var former = await AddressAsync(browser, study.Workspace.Id);
        await browser.SubmitAsync((IHtmlFormElement)(await browser.PageAsync($"/admin/workspaces/{study.Workspace.Id}?q=sleep")).QuerySelector("#found form")!);

        Assert.Contains("No redirect matches", (await browser.PageAsync("/admin/redirects?kind=project")).Body!.TextContent);
        var page = await browser.PageAsync($"/admin/redirects?kind=workspace&q={Uri.EscapeDataString(former)}");
        Assert.Contains($"/north/sleep/{study.Workspace.Slug}", page.QuerySelector("tbody")!.TextContent);
        await browser.SubmitAsync((IHtmlFormElement)page.QuerySelector("tbody form")!);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(former)).StatusCode);
        Assert.Single(await site.Data.Database.ReadAsync(db => db.AuditEntries.Where(row => row.Act == AuditAct.RedirectDeleted).ToListAsync()));
    }

    [Fact]
    public async Task The_list_finds_by_repository_and_an_archived_one_is_made_active_again()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync("root", Role.CoreDeveloper));
        var study = await site.Data.CreateStudyAsync();
        var here = $"/admin/workspaces/{study.Workspace.Id}";

        await browser.SubmitAsync(Archive(await browser.PageAsync(here)));
        Assert.Contains(study.Workspace.Slug, (await browser.PageAsync("/admin/workspaces?archived=yes")).QuerySelector("tbody")!.TextContent);
        await browser.SubmitAsync(Archive(await browser.PageAsync(here)));

        Assert.Contains("No workspace matches", (await browser.PageAsync("/admin/workspaces?archived=yes")).Body!.TextContent);
        Assert.Contains(study.Workspace.Slug, (await browser.PageAsync($"/admin/workspaces?q={Uri.EscapeDataString(study.Workspace.Repository)}")).QuerySelector("tbody")!.TextContent);
        Assert.Contains(study.Workspace.Slug, (await browser.PageAsync($"/admin?q={study.Workspace.Slug}")).QuerySelector("main")!.TextContent);
    }

    private static IHtmlFormElement Archive(IHtmlDocument page) =>
        page.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().Single(form => form.GetAttribute("action")!.EndsWith("?handler=Archive", StringComparison.Ordinal));

    private static async Task<string> AddressAsync(Browser browser, int id) =>
        (await browser.PageAsync($"/admin/workspaces/{id}")).QuerySelector("dl.facts a")!.GetAttribute("href")!;
}
