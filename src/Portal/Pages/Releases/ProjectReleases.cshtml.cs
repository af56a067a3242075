using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Releases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Releases;

/// <summary>The releases of all workspaces of a project, the newest first. That and when they were made is public.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class ProjectReleasesModel(JobServerDb db) : PageModel
{
    public Paging Paging { get; private set; } = Paging.None;

    public IReadOnlyList<ReleaseSummary> Rows { get; private set; } = [];

    public bool MaySeeFiles => HttpContext.May(Permission.ViewReleasedFiles);

    public bool MaySeePeople => HttpContext.May(Permission.ViewPeopleAndMessages);

    public string WhyNoFiles => HttpContext.WhyNot(Permission.ViewReleasedFiles);

    public async Task OnGetAsync([FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        var projectId = HttpContext.Project().Id;
        var releases = db.Releases.AsNoTracking().Where(release => release.Workspace.ProjectId == projectId);
        Paging = Paging.Of(await releases.CountAsync(cancellationToken), number);
        Rows = await releases.OrderByDescending(release => release.CreatedAt).ThenByDescending(release => release.Id)
            .Skip(Paging.Skip).Take(Paging.Size).Summaries().ToListAsync(cancellationToken);
    }
}
