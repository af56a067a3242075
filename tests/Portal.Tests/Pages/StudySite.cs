using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Pages;

/// <summary>A study and the addresses of its pages.</summary>
internal sealed record StudySite(TestStudy Study, string Organisation, string Project, string Workspace)
{
    public static async Task<StudySite> MakeAsync(PortalSite site)
    {
        var study = await site.Data.CreateStudyAsync();
        var organisation = await site.Data.Database.ReadAsync(
            db => db.Organisations.Where(row => row.Id == study.Project.OrganisationId).Select(row => row.Slug).SingleAsync());
        var project = $"/{organisation}/{study.Project.Slug}";
        return new StudySite(study, $"/{organisation}", project, $"{project}/{study.Workspace.Slug}");
    }
}
