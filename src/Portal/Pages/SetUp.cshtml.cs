using JobServer.Data;
using JobServer.Data.Site;
using JobServer.Domain.Access;
using JobServer.Domain.Site;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Limits;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages;

/// <summary>Takes the code that the Portal printed, and makes its bearer the first admin. Not there once there is one.</summary>
[RequiresPermission(Permission.UseOwnAccount)]
[Limited(Limit.SignIn)]
internal sealed class SetUpModel(JobServerDb db, SiteSetUp setUp) : PageModel
{
    private const int LongestCode = 100;

    [BindProperty]
    public string? Code { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await IsOpenAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await IsOpenAsync(cancellationToken))
        {
            return NotFound();
        }

        var code = new string([.. (Code ?? "").Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        if (code.Length is > 0 and <= LongestCode && await setUp.UseCodeAsync(HttpContext.Person()!.Id, code, cancellationToken))
        {
            TempData.Success($"You are the first {Role.CoreDeveloper.Name()} of this service. Give the role to a second person soon.");
            return LocalRedirect(AdminLinks.Index);
        }

        ModelState.Remove(nameof(Code));
        Code = null;
        ModelState.AddModelError(
            nameof(Code), $"This is not the code, or it is older than {SiteSetUp.CodeHolds.TotalMinutes:0} minutes. The Portal prints a new one each time it starts.");
        return Page();
    }

    private Task<bool> IsOpenAsync(CancellationToken cancellationToken) =>
        db.SiteStates.AnyAsync(state => state.Id == SiteState.TheId && state.SetUpAt == null, cancellationToken);
}
