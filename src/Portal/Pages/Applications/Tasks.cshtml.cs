using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Applications;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Applications;

/// <summary>All pages of an application and how far each is.</summary>
[RequiresPermission(Permission.Apply)]
internal sealed class TasksModel(ApplicationReader applications) : PageModel
{
    public ApplicationView Current { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await applications.FindAsync(HttpContext, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        Current = found;
        return Page();
    }
}
