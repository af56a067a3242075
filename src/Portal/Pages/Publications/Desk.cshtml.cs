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

/// <summary>What waits for Output Publishers, and what is public.</summary>
[RequiresPermission(Permission.DecidePublication)]
internal sealed class DeskModel(JobServerDb db) : PageModel
{
    /// <summary>A workspace has one at a time; more than these are seen when some are decided.</summary>
    private const int MostWaiting = 200;

    public int PersonId => HttpContext.Person()!.Id;

    public IReadOnlyList<PublicationView> Waiting { get; private set; } = [];

    public IReadOnlyList<PublicationView> Published { get; private set; } = [];

    public Paging Paging { get; private set; } = Paging.None;

    public async Task OnGetAsync([FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        Waiting = await db.Publications.AsNoTracking().Where(row => row.State == PublicationState.Requested)
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Take(MostWaiting).Views().ToListAsync(cancellationToken);
        var published = db.Publications.AsNoTracking().Where(row => row.State == PublicationState.Published);
        Paging = Paging.Of(await published.CountAsync(cancellationToken), number);
        Published = await published.OrderByDescending(row => row.DecidedAt).ThenByDescending(row => row.Id)
            .Skip(Paging.Skip).Take(Paging.Size).Views().ToListAsync(cancellationToken);
    }
}
