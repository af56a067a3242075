using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Limits;
using JobServer.Portal.SignIn;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Pages;

/// <summary>Where a person signs in. A demo site offers its people to pick from.</summary>
[AllowAnonymous]
[Limited(Limit.SignIn)]
internal sealed class LoginModel(JobServerDb db, IOptions<PortalOptions> options) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Next { get; set; }

    public IReadOnlyList<DemoPerson> DemoPeople { get; private set; } = [];

    public bool IsDemo => options.Value.DemoSignIn;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (HttpContext.Person() is not null)
        {
            return LocalRedirect(SafeNext);
        }

        await LoadAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int personId, CancellationToken cancellationToken)
    {
        if (!IsDemo)
        {
            return NotFound();
        }

        // Only people who never came from GitHub can be picked, so that a real account is never open to all.
        var exists = await db.Users.AnyAsync(user => user.Id == personId && user.GitHubId == null && user.IsActive, cancellationToken);
        if (!exists)
        {
            ModelState.AddModelError("", "Pick one of the people below.");
            await LoadAsync(cancellationToken);
            return Page();
        }

        await SignInCookie.SignInAsync(HttpContext, personId);
        return LocalRedirect(SafeNext);
    }

    private string SafeNext => Next is { } next && LocalAddress.IsLocal(next) ? next : "/";

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (!IsDemo)
        {
            return;
        }

        var people = await db.Users.AsNoTracking().Where(user => user.GitHubId == null && user.IsActive)
            .OrderBy(user => user.Id)
            .Select(user => new
            {
                user.Id,
                user.FullName,
                Global = user.Roles.Select(role => role.Role).ToList(),
                InProjects = db.ProjectMemberships.Where(member => member.UserId == user.Id).SelectMany(member => member.Roles).Select(role => role.Role).ToList(),
            })
            .Take(100)
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        DemoPeople = [.. people.Select(person => new DemoPerson(
            person.Id, person.FullName, [.. person.Global.Concat(person.InProjects).Distinct().Select(role => role.Sentence())]))];
    }

    internal sealed record DemoPerson(int Id, string Name, IReadOnlyList<string> May);
}
