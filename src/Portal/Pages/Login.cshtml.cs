using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.CodeHosts;
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
internal sealed class LoginModel(JobServerDb db, IOptions<PortalOptions> options, IOptions<GitHubOptions> gitHub) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Next { get; set; }

    /// <summary>Another name for <see cref="Next"/>, which the framework uses.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>A word for why the last try failed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Problem { get; set; }

    public IReadOnlyList<DemoPerson> DemoPeople { get; private set; } = [];

    public bool IsDemo => options.Value.DemoSignIn;

    public bool HasGitHub => gitHub.Value.ClientId.Length > 0;

    public string Contact => options.Value.ContactAddress;

    /// <summary>Why the last try failed and what to do; null when there was none.</summary>
    public string? Trouble => SignInProblems.Parse(Problem)?.Sentence();

    /// <summary>Where to go once signed in: a page of this site.</summary>
    public string SafeNext => LocalAddress.OrHome(Next ?? ReturnUrl);

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
