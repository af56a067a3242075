using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Development;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Development;

/// <summary>The messages of a demonstration, which has no mail server.</summary>
[RequiresPermission(Permission.UseOwnAccount)]
internal sealed class MailModel(MailFolder folder) : PageModel
{
    public IReadOnlyList<WrittenMail> Mails { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!folder.IsThere)
        {
            return NotFound();
        }

        Mails = await folder.ReadAsync(cancellationToken);
        return Page();
    }
}
