using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Runs;

/// <summary>The runs of all workspaces.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class EventLogModel(JobServerDb db, TimeProvider timeProvider) : PageModel
{
    public RunTable Table { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Table = await RunTable.ReadAsync(db, HttpContext, workspaceId: null, timeProvider.GetUtcNow(), cancellationToken);
}
