using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Ui;
using JobServer.Portal.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages;

/// <summary>Asks a person for their name when GitHub has none, on the way to where they wanted to go.</summary>
[RequiresPermission(Permission.UseOwnAccount)]
internal sealed class WelcomeModel(AccountWrites account) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Next { get; set; }

    [BindProperty]
    public string? FullName { get; set; }

    public string SafeNext => LocalAddress.OrHome(Next);

    public string Login => HttpContext.Person()!.Login;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var name = PersonNames.Clean(FullName);
        if (PersonNames.Problem(name) is { } problem)
        {
            ModelState.AddModelError(nameof(FullName), problem);
            return Page();
        }

        await account.SetNameAsync(HttpContext.Person()!.Id, name, cancellationToken);
        return LocalRedirect(SafeNext);
    }
}
