using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Users;
using JobServer.Portal.Access;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Limits;
using JobServer.Portal.SignIn;
using JobServer.Portal.Ui;
using JobServer.Portal.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages;

/// <summary>A person's own account: name, notifications, stored token, browsers.</summary>
[RequiresPermission(Permission.UseOwnAccount)]
[Limited(Limit.Submit)]
internal sealed class SettingsModel(
    JobServerDb db, AccountWrites account, StoredTokens tokens, TokenCheck check, SignInSessions sessions, TimeProvider time) : PageModel
{
    [BindProperty]
    public string? FullName { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    /// <summary>Never shown again.</summary>
    [BindProperty]
    public string? Token { get; set; }

    public string Login => HttpContext.Person()!.Login;

    public DateTimeOffset Now => time.GetUtcNow();

    public NotificationChoice NotifyOf { get; private set; }

    /// <summary>Where e-mails go; null when there is no address.</summary>
    public string? NotificationAddress { get; private set; }

    /// <summary>The verified address of the GitHub account.</summary>
    public string? OwnAddress { get; private set; }

    public bool HasOwnAddress { get; private set; }

    /// <summary>Becomes the address when the link that was sent there is followed.</summary>
    public string? WaitingAddress { get; private set; }

    public DateTimeOffset? WaitingSince { get; private set; }

    public StoredTokenView? StoredToken { get; private set; }

    public IReadOnlyList<SignedInBrowser> Browsers { get; private set; } = [];

    private int PersonId => HttpContext.Person()!.Id;

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostNameAsync(CancellationToken cancellationToken)
    {
        var name = PersonNames.Clean(FullName);
        if (PersonNames.Problem(name) is { } problem)
        {
            return await AgainAsync(nameof(FullName), problem, cancellationToken);
        }

        await account.SetNameAsync(PersonId, name, cancellationToken);
        return Done("Your name was saved.");
    }

    public async Task<IActionResult> OnPostAddressAsync(CancellationToken cancellationToken)
    {
        var address = Address?.Trim();
        if (EmailAddresses.Problem(address) is { } problem)
        {
            return await AgainAsync(nameof(Address), problem, cancellationToken);
        }

        return await account.AskForAddressAsync(PersonId, address!, cancellationToken) switch
        {
            AddressChange.Asked => Done($"A link was sent to {address}. Follow it within 24 hours, and notifications go there."),
            AddressChange.IsOwn => Done("Notifications go to the address of your GitHub account."),
            AddressChange.Unchanged => Done($"Notifications go to {address} already."),
            AddressChange.TooSoon => await AgainAsync(nameof(Address), "A link was sent a moment ago. Wait a minute before you ask for another.", cancellationToken),
        };
    }

    public async Task<IActionResult> OnPostOwnAddressAsync(CancellationToken cancellationToken)
    {
        await account.UseOwnAddressAsync(PersonId, cancellationToken);
        return Done("The other address was forgotten.");
    }

    public async Task<IActionResult> OnPostNotifyOfAsync(NotificationChoice? notifyOf, CancellationToken cancellationToken)
    {
        if (notifyOf is not { } choice || !Enum.IsDefined(choice))
        {
            ModelState.Clear();
            return await AgainAsync("NotifyOf", "Choose one of the two.", cancellationToken);
        }

        await account.SetNotifyOfAsync(PersonId, choice, cancellationToken);
        return Done("Your choice was saved.");
    }

    public async Task<IActionResult> OnPostTokenAsync(CancellationToken cancellationToken)
    {
        var token = Token?.Trim();
        if (OneTimeTokens.Problem(token) is { } problem)
        {
            return await AgainAsync(nameof(Token), problem, cancellationToken);
        }

        var answer = await check.AskAsync(token!, cancellationToken);
        if (answer.Problem is { } refusal)
        {
            return await AgainAsync(nameof(Token), refusal, cancellationToken);
        }

        await tokens.SaveAsync(PersonId, token!, answer.ExpiresAt, cancellationToken);
        var end = answer.ExpiresAt is { } at ? $", and it expires on {at.UtcDateTime:d MMMM yyyy}" : "";
        return Done($"The token was saved. GitHub says that it is @{answer.Login}'s{end}.");
    }

    public async Task<IActionResult> OnPostDeleteTokenAsync(CancellationToken cancellationToken)
    {
        await tokens.DeleteAsync(PersonId, cancellationToken);
        return Done("The token was deleted here.");
    }

    public async Task<IActionResult> OnPostSignOutEverywhereAsync(CancellationToken cancellationToken)
    {
        await sessions.EndAllAsync(PersonId, cancellationToken);
        await HttpContext.SignOutAsync(SignInCookie.Scheme);
        TempData.Success("You are signed out in all browsers.");
        return LocalRedirect(SignInLinks.Page());
    }

    private LocalRedirectResult Done(string message)
    {
        TempData.Success(message);
        return LocalRedirect(UserLinks.Settings);
    }

    private async Task<PageResult> AgainAsync(string field, string problem, CancellationToken cancellationToken)
    {
        ModelState.AddModelError(field, problem);
        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var personId = PersonId;
        var user = await db.Users.AsNoTracking().Where(row => row.Id == personId)
            .Select(row => new { row.FullName, row.Email, row.NotificationsEmail, row.UnverifiedEmail, row.UnverifiedEmailAt, row.NotifyOf })
            .SingleAsync(cancellationToken);
        FullName ??= user.FullName;
        (OwnAddress, NotifyOf, WaitingAddress, WaitingSince) = (user.Email, user.NotifyOf, user.UnverifiedEmail, user.UnverifiedEmailAt);
        NotificationAddress = user.NotificationsEmail ?? user.Email;
        HasOwnAddress = user.NotificationsEmail is null;
        Address ??= WaitingAddress ?? NotificationAddress;
        StoredToken = await tokens.ViewAsync(personId, cancellationToken);
        Browsers = await sessions.ListAsync(personId, SignInCookie.SecretOf(HttpContext), cancellationToken);
    }
}
