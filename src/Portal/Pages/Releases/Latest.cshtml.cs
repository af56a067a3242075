using JobServer.Data;
using JobServer.Data.Releases;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Releases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Releases;

/// <summary>The most recent version of every released file of the workspace.</summary>
[RequiresPermission(Permission.ViewReleasedFiles)]
internal sealed class LatestModel(JobServerDb db, FilePreviews previews) : PageModel
{
    public ViewerView Viewer { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync([FromQuery] ViewerChoice choice, CancellationToken cancellationToken)
    {
        var workspace = HttpContext.Workspace();
        var files = await LatestFiles.Of(db, workspace.Id).AsNoTracking()
            .OrderBy(row => row.Path).Views().ToListAsync(cancellationToken);
        var address = ReleaseLinks.Latest(HttpContext.Organisation().Slug, HttpContext.Project().Slug, workspace.Slug);
        if (await ViewerView.MakeAsync(address, workspace.Slug, files, choice, previews, cancellationToken) is not { } viewer)
        {
            return NotFound();
        }

        Viewer = viewer;
        return Page();
    }
}
