using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Releases.Publications;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Releases.Publications;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Publications;

/// <summary>What a workspace published. Those who may see released files see what was asked for, refused and taken back too.</summary>
[RequiresPermission(Permission.ViewPublishedFiles)]
internal sealed class IndexModel(JobServerDb db) : PageModel
{
    public bool SeesAll => HttpContext.May(Permission.ViewReleasedFiles);

    public IReadOnlyList<PublicationView> Rows { get; private set; } = [];

    public Paging Paging { get; private set; } = Paging.None;

    public async Task OnGetAsync([FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        var (workspaceId, seesAll) = (HttpContext.Workspace().Id, SeesAll);
        var rows = db.Publications.AsNoTracking().Where(row => row.WorkspaceId == workspaceId && (seesAll || row.State == PublicationState.Published));
        Paging = Paging.Of(await rows.CountAsync(cancellationToken), number);
        Rows = await rows.OrderByDescending(row => row.Id).Skip(Paging.Skip).Take(Paging.Size).Views().ToListAsync(cancellationToken);
    }
}
