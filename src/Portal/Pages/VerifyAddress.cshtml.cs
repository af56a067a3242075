using JobServer.Portal.Access;
using JobServer.Portal.Ui;
using JobServer.Portal.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages;

/// <summary>
/// Where the link of an e-mail leads. Open to whoever has the link, since the mailbox may be on another machine than
/// the browser; it asks first, because programs that look for harm follow links too.
/// </summary>
[AllowAnonymous]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class VerifyAddressModel(AddressTokens links, AccountWrites account) : PageModel
{
    /// <summary>What the link carries.</summary>
    [BindProperty(SupportsGet = true)]
    public string? T { get; set; }

    /// <summary>Null when the link is not good.</summary>
    public string? Address { get; private set; }

    public void OnGet() => Address = links.Read(T)?.Address;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (links.Read(T) is not { } link || !await account.VerifyAddressAsync(link.UserId, link.Address, cancellationToken))
        {
            return Page();
        }

        TempData.Success($"Notifications go to {link.Address} from now on.");
        return LocalRedirect(HttpContext.Person() is null ? "/" : UserLinks.Settings);
    }
}
