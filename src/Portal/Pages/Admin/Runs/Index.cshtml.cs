using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Data.Site;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Coordination;
using JobServer.Portal.Pages.Runs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace JobServer.Portal.Pages.Admin.Runs;

/// <summary>Every request of the service, also of projects without an address, each to be cancelled.</summary>
[RequiresPermission(Permission.ManageRuns)]
internal sealed class IndexModel(JobServerDb db, JobCancellations cancellations, CoordinatorNotices notices, TimeProvider timeProvider) : PageModel
{
    private const string Handler = "handler";

    public RunTable Table { get; private set; } = null!;

    public bool AreStopped { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        AreStopped = await RunSwitch.ReadAsync(db, cancellationToken) is not null;
        Table = await RunTable.ReadAsync(db, HttpContext, workspaceId: null, timeProvider.GetUtcNow(), cancellationToken, AdminLinks.Runs);
    }

    public async Task<IActionResult> OnPostCancelAsync([FromForm] int number, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.CancelAnyJob) is { } refusal)
        {
            return refusal;
        }

        var outcome = await cancellations.CancelRequestAsync(number, HttpContext.Person()!.Id, cancellationToken);
        await notices.RequestChangedAsync(number, cancellationToken);
        CancelWords.Tell(TempData, outcome);
        return LocalRedirect(QueryHelpers.AddQueryString(AdminLinks.Runs, Request.Query.Where(part => part.Key != Handler)));
    }
}
