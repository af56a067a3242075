using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Backends;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages;

/// <summary>Every backend and how it is doing, live.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class BackendStatusModel(JobServerDb db, TimeProvider time) : PageModel
{
    public BackendBoard Board { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Board = new BackendBoard(await BackendCards.ReadAsync(db, HttpContext.Person()?.Id, cancellationToken), time.GetUtcNow());
}
