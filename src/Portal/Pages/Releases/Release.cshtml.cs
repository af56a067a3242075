using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Releases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Releases;

/// <summary>The files of one release, and one of them beside the list.</summary>
[RequiresPermission(Permission.ViewReleasedFiles)]
internal sealed class ReleaseModel(JobServerDb db, FilePreviews previews) : PageModel
{
    public ReleaseSummary Release { get; private set; } = null!;

    public ViewerView Viewer { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string release, [FromQuery] ViewerChoice choice, CancellationToken cancellationToken)
    {
        var workspace = HttpContext.Workspace();
        var id = ReleaseIds.Read(release);
        var found = await db.Releases.AsNoTracking().Where(row => row.Id == id && row.WorkspaceId == workspace.Id)
            .Summaries().SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return NotFound();
        }

        Release = found;
        var files = await db.ReleaseFiles.AsNoTracking().Where(row => row.ReleaseId == found.Id)
            .OrderBy(row => row.Path).Views().ToListAsync(cancellationToken);
        var address = ReleaseLinks.Page(HttpContext.Organisation().Slug, HttpContext.Project().Slug, workspace.Slug, found.Id);
        if (await ViewerView.MakeAsync(address, workspace.Slug, files, choice, previews, cancellationToken) is not { } viewer)
        {
            return NotFound();
        }

        Viewer = viewer;
        return Page();
    }
}
