using System.Net;
using JobServer.Data.Projects;
using JobServer.Data.Redirects;
using JobServer.Domain.Redirects;
using JobServer.Portal.Tests.Pages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests.Access;

public sealed class FormerAddressTests
{
    [Fact]
    public async Task Every_page_below_a_former_address_leads_to_the_same_page_below_the_new_one()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        await RenameAsync(site, study, "second-name");
        await RenameAsync(site, study, "third-name");
        var now = $"{study.Organisation}/third-name";

        Assert.Equal(now, await LedToAsync(site, study.Project));
        Assert.Equal(now + "/", await LedToAsync(site, study.Project.ToUpperInvariant() + "/"));
        Assert.Equal(now, await LedToAsync(site, $"{study.Organisation}/second-name"));
        Assert.Equal($"{now}/{study.Study.Workspace.Slug}/logs/?next=%2Fgad", await LedToAsync(site, study.Workspace + "/logs/?next=%2Fgad"));
        Assert.Equal(HttpStatusCode.OK, (await site.NewBrowser().GetAsync(now)).StatusCode);
    }

    [Fact]
    public async Task The_newest_taker_of_an_address_has_it()
    {
        await using var site = await PortalSite.StartAsync();
        var first = await StudySite.MakeAsync(site);
        await RenameAsync(site, first, "moved-on");
        var organisation = await site.Data.Database.ReadAsync(db => db.Organisations.SingleAsync(row => row.Id == first.Study.Project.OrganisationId));
        var second = await site.Data.CreateProjectAsync(organisation, first.Study.Project.Slug);

        // A project lives at the address now; what the former owner had below it is not at that project.
        Assert.Contains(second.Name, (await site.NewBrowser().PageAsync(first.Project)).QuerySelector("h1")!.TextContent);
        Assert.Null(await LedToAsync(site, first.Workspace));

        await site.Services.GetRequiredService<ProjectWrites>().RenameAsync(
            new ProjectEdit(second.Id, 0, first.Study.Developer.Id), "Newest", "newest", CancellationToken.None);

        Assert.Equal($"{first.Organisation}/newest", await LedToAsync(site, first.Project));
        Assert.Equal(1, await site.Data.Database.ReadAsync(db => db.Redirects.CountAsync()));
    }

    [Fact]
    public async Task A_project_that_takes_its_former_name_back_leads_nowhere_else()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        await RenameAsync(site, study, "for-a-day");
        await RenameAsync(site, study, study.Study.Project.Slug);

        Assert.Equal(HttpStatusCode.OK, (await site.NewBrowser().GetAsync(study.Project)).StatusCode);
        Assert.Equal(study.Project, await LedToAsync(site, $"{study.Organisation}/for-a-day"));
    }

    [Fact]
    public async Task Organisations_and_workspaces_are_led_to_as_well()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        await site.Data.Database.WriteAsync(async (db, token) =>
        {
            await FormerAddresses.KeepAsync(
                db, new Redirect { Path = "former", OrganisationId = study.Study.Project.OrganisationId, CreatedAt = site.Data.Now }, "-", token);
            await FormerAddresses.KeepAsync(
                db, new Redirect { Path = "former/study/place", WorkspaceId = study.Study.Workspace.Id, CreatedAt = site.Data.Now }, "-", token);
            return true;
        });

        Assert.Equal(study.Organisation, await LedToAsync(site, "/former"));
        Assert.Equal(study.Project, await LedToAsync(site, $"/former/{study.Study.Project.Slug}"));
        Assert.Equal(study.Workspace + "/releases", await LedToAsync(site, "/Former/Study/Place/releases"));
    }

    [Fact]
    public async Task A_form_is_not_sent_on_and_what_nobody_ever_had_is_not_found()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        await RenameAsync(site, study, "elsewhere");

        Assert.Equal(HttpStatusCode.NotFound, (await site.NewBrowser().PostBlindAsync(study.Project + "/new-workspace")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.NewBrowser().GetAsync($"{study.Organisation}/never")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.NewBrowser().GetAsync("/%2F%2Fevil.example/x/y")).StatusCode);
    }

    private static async Task RenameAsync(PortalSite site, StudySite study, string slug)
    {
        var id = study.Study.Project.Id;
        var revision = await site.Data.Database.ReadAsync(db => db.Projects.Where(row => row.Id == id).Select(row => row.Revision).SingleAsync());
        Assert.Equal(ProjectOutcome.Changed, await site.Services.GetRequiredService<ProjectWrites>().RenameAsync(
            new ProjectEdit(id, revision, study.Study.Developer.Id), "Name " + slug, slug, CancellationToken.None));
    }

    /// <summary>Where an address leads for good; null when it leads nowhere.</summary>
    private static async Task<string?> LedToAsync(PortalSite site, string address)
    {
        var response = await site.NewBrowser().GetAsync(address);
        return response.StatusCode == HttpStatusCode.MovedPermanently ? response.Headers.Location!.ToString() : null;
    }
}
