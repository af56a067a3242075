using JobServer.Data;
using JobServer.Data.Site;
using JobServer.Domain.Access;
using JobServer.Domain.Site;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Site;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Alerts;

/// <summary>What stands above every page, will, or did.</summary>
[RequiresPermission(Permission.ManageSiteAlerts)]
internal sealed class IndexModel(JobServerDb db, SiteAlertWrites alerts, SiteNotices notices, TimeProvider timeProvider) : PageModel
{
    public Paging Paging { get; private set; } = Paging.None;

    public IReadOnlyList<SiteAlert> Rows { get; private set; } = [];

    public async Task OnGetAsync([FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        Paging = Paging.Of(await db.SiteAlerts.CountAsync(cancellationToken), number);
        Rows = await db.SiteAlerts.AsNoTracking().OrderByDescending(row => row.StartsAt).ThenByDescending(row => row.Id)
            .Skip(Paging.Skip).Take(Paging.Size)
            .ToListAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostEndAsync(int id, CancellationToken cancellationToken)
    {
        if (await alerts.EndAsync(id, HttpContext.Person()!.Id, cancellationToken))
        {
            notices.Changed();
            TempData.Success("The alert has ended.");
        }
        else
        {
            TempData.Warn("It had ended already.");
        }

        return LocalRedirect(AdminLinks.Alerts);
    }

    public Standing StandingOf(SiteAlert alert) => timeProvider.GetUtcNow() switch
    {
        var now when alert.EndsAt <= now => Standing.Over,
        var now when alert.StartsAt > now => Standing.Planned,
        _ => Standing.Shown,
    };
}
