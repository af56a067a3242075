using JobServer.Data;
using JobServer.Data.Projects;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Projects;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages;

/// <summary>The roles of one member in one project, and the way out of the project.</summary>
[RequiresPermission(Permission.ManageMembers)]
internal sealed class ProjectMemberModel(JobServerDb db, MemberWrites members) : PageModel
{
    /// <summary>Of the membership as the page shows it.</summary>
    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public List<Role> Roles { get; set; } = [];

    /// <summary>The person read the warning and goes on.</summary>
    [BindProperty]
    public bool Sure { get; set; }

    public OrganisationView Organisation => HttpContext.Organisation();

    public ProjectView Project => HttpContext.Project();

    public Member Of { get; private set; } = null!;

    /// <summary>What the person is about to lose, and has to confirm.</summary>
    public string? Warning { get; private set; }

    public bool IsMe => Of.UserId == HttpContext.Person()!.Id;

    private string SettingsAddress => ProjectLinks.Settings(Organisation.Slug, Project.Slug);

    public async Task<IActionResult> OnGetAsync(string login, CancellationToken cancellationToken)
    {
        if (await FindAsync(login, cancellationToken) is not { } member)
        {
            return NotFound();
        }

        Show(member);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string login, CancellationToken cancellationToken)
    {
        if (await FindAsync(login, cancellationToken) is not { } member)
        {
            return Gone();
        }

        Of = member;
        var unknown = Roles.Exists(role => !Domain.Access.Roles.OfProjects.Contains(role)) || ModelState[nameof(Roles)] is { Errors.Count: > 0 };
        if (unknown)
        {
            ModelState.Remove(nameof(Roles));
            ModelState.AddModelError(nameof(Roles), "Choose among the roles of the list: the others hold for all projects, and a Core Developer gives them.");
            Show(member);
            return Page();
        }

        if (!Sure && LosesCoordination(member, Roles))
        {
            Warning = await WarningAsync("you can no longer open these settings", cancellationToken);
            return Page();
        }

        return await members.ChangeRolesAsync(Command(member), cancellationToken) switch
        {
            MemberOutcome.ChangedMeanwhile => Stale(member),
            MemberOutcome.Unchanged => Done($"{member.Name} has these roles already.", staysCoordinator: true),
            _ => Done($"The roles of {member.Name} were saved.", !LosesCoordination(member, Roles)),
        };
    }

    public async Task<IActionResult> OnPostRemoveAsync(string login, CancellationToken cancellationToken)
    {
        if (await FindAsync(login, cancellationToken) is not { } member)
        {
            return Gone();
        }

        Of = member;
        Roles = [.. member.Roles];
        return await members.RemoveAsync(Command(member), cancellationToken) == MemberOutcome.Changed
            ? Done($"{member.Name} was removed from the project.", !LosesCoordination(member, []))
            : Stale(member);
    }

    private ChangeMember Command(Member member) => new()
    {
        ProjectId = Project.Id,
        UserId = member.UserId,
        Revision = Revision,
        Roles = Roles,
        PersonId = HttpContext.Person()!.Id,
    };

    /// <summary>People who may manage members everywhere lose nothing here.</summary>
    private bool LosesCoordination(Member member, IReadOnlyCollection<Role> roles)
    {
        var rights = HttpContext.Rights();
        var left = rights with { ProjectRoles = roles.ToHashSet() };
        return member.UserId == HttpContext.Person()!.Id && !left.May(Permission.ManageMembers);
    }

    private async Task<string> WarningAsync(string loss, CancellationToken cancellationToken)
    {
        var (project, me) = (Project.Id, HttpContext.Person()!.Id);
        var others = await db.ProjectMemberships.AnyAsync(
            member => member.ProjectId == project && member.UserId != me && member.User.IsActive
                && member.Roles.Any(role => role.Role == Role.ProjectCoordinator),
            cancellationToken);
        return $"You take the role {Role.ProjectCoordinator.Name()} from yourself: {loss}. "
            + (others ? "Another coordinator of the project or a Core Developer can give it back to you." : "Nobody else has it in this project; only a Core Developer could give it back.");
    }

    private LocalRedirectResult Done(string text, bool staysCoordinator)
    {
        TempData.Success(text);
        return LocalRedirect(staysCoordinator ? SettingsAddress : ProjectLinks.Page(Organisation.Slug, Project.Slug));
    }

    private LocalRedirectResult Gone()
    {
        TempData.Warn("Nothing was changed: somebody else has removed this member from the project meanwhile.");
        return LocalRedirect(SettingsAddress);
    }

    private PageResult Stale(Member member)
    {
        ModelState.Clear();
        ModelState.AddModelError(nameof(Roles), $"Nothing was changed: somebody else changed {member.Name} meanwhile. The boxes show what is stored now; choose again.");
        Show(member);
        return Page();
    }

    private void Show(Member member)
    {
        Of = member;
        ModelState.Remove(nameof(Revision));
        Revision = member.Revision;
        Roles = [.. member.Roles];
    }

    private async Task<Member?> FindAsync(string login, CancellationToken cancellationToken)
    {
        var id = Project.Id;
        var found = await db.ProjectMemberships.AsNoTracking().Where(member => member.ProjectId == id && member.User.Login == login)
            .Select(member => new { member.UserId, member.User.FullName, member.User.Login, member.Revision, Roles = member.Roles.Select(role => role.Role).ToList() })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new Member(found.UserId, found.FullName, found.Login, found.Revision, [.. found.Roles.Order()]);
    }

    internal sealed record Member(int UserId, string Name, string Login, int Revision, IReadOnlyList<Role> Roles);
}
