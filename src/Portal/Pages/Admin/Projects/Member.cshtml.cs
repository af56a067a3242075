using JobServer.Data;
using JobServer.Data.Projects;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Limits;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Projects;

/// <summary>Adds a person to a project with roles, changes the roles of a member, and removes one.</summary>
[RequiresPermission(Permission.ViewAdminLists)]
[Limited(Limit.Submit)]
internal sealed class MemberModel(JobServerDb db, MemberWrites members) : PageModel
{
    /// <summary>Of the membership as the page shows it; null where there was none.</summary>
    [BindProperty]
    public int? Revision { get; set; }

    [BindProperty]
    public List<Role> Roles { get; set; } = [];

    public MemberCard Of { get; private set; } = null!;

    /// <summary>Adding is for other people than changing.</summary>
    public Permission ToSave => Of.IsMember ? Permission.ManageMembers : Permission.AddMembers;

    public async Task<IActionResult> OnGetAsync(int id, int user, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, user, cancellationToken))
        {
            return NotFound();
        }

        Revision = Of.Revision;
        Roles = Of.IsMember ? Of.Roles : [Role.ProjectDeveloper];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, int user, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Revision is null ? Permission.AddMembers : Permission.ManageMembers) is { } refusal)
        {
            return refusal;
        }

        if (!await LoadAsync(id, user, cancellationToken))
        {
            return NotFound();
        }

        if (ModelState[nameof(Roles)] is { Errors.Count: > 0 } || Roles.Exists(role => !Domain.Access.Roles.OfProjects.Contains(role)))
        {
            Roles = [.. Roles.Where(Domain.Access.Roles.OfProjects.Contains)];
            return Wrong("Choose among the roles of the list: the others hold for all projects.");
        }

        return Revision is { } revision ? await ChangeAsync(revision, cancellationToken) : await AddAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostRemoveAsync(int id, int user, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.ManageMembers) is { } refusal)
        {
            return refusal;
        }

        if (!await LoadAsync(id, user, cancellationToken))
        {
            return NotFound();
        }

        return await members.RemoveAsync(Command(Revision ?? -1), cancellationToken) == MemberOutcome.Changed
            ? Done($"{Of.Name} was removed from the project.")
            : Stale();
    }

    private async Task<IActionResult> AddAsync(CancellationToken cancellationToken)
    {
        var outcome = await members.AddAsync(
            new AddMember { ProjectId = Of.ProjectId, UserId = Of.UserId, Roles = Roles, PersonId = HttpContext.Person()!.Id }, cancellationToken);
        return outcome switch
        {
            AddMemberOutcome.Added => Done($"{Of.Name} is a member of the project now."),
            AddMemberOutcome.NotThere => Wrong("Nothing was changed: a person who is deactivated cannot be added."),
            _ => Stale(),
        };
    }

    private async Task<IActionResult> ChangeAsync(int revision, CancellationToken cancellationToken) =>
        await members.ChangeRolesAsync(Command(revision), cancellationToken) switch
        {
            MemberOutcome.Changed => Done($"The roles of {Of.Name} were saved."),
            MemberOutcome.Unchanged => Done($"{Of.Name} has these roles already."),
            _ => Stale(),
        };

    private ChangeMember Command(int revision) =>
        new() { ProjectId = Of.ProjectId, UserId = Of.UserId, Revision = revision, Roles = Roles, PersonId = HttpContext.Person()!.Id };

    private LocalRedirectResult Done(string text)
    {
        TempData.Success(text);
        return LocalRedirect(AdminLinks.ProjectMembers(Of.ProjectId));
    }

    private LocalRedirectResult Stale()
    {
        TempData.Warn($"Nothing was changed: somebody else added, changed or removed {Of.Name} meanwhile. This is what is stored now; choose again if you still mean it.");
        return LocalRedirect(AdminLinks.ProjectMember(Of.ProjectId, Of.UserId));
    }

    private PageResult Wrong(string problem)
    {
        ModelState.Clear();
        ModelState.AddModelError(nameof(Roles), problem);
        return Page();
    }

    private async Task<bool> LoadAsync(int id, int user, CancellationToken cancellationToken)
    {
        var found = await (
            from project in db.Projects.AsNoTracking().Where(row => row.Id == id)
            from person in db.Users.Where(row => row.Id == user)
            from membership in db.ProjectMemberships.Where(row => row.ProjectId == id && row.UserId == user).DefaultIfEmpty()
            select new MemberCard
            {
                ProjectId = id,
                Project = project.Name,
                UserId = user,
                Name = person.FullName,
                IsActive = person.IsActive,
                HasOrganisation = db.OrganisationMemberships.Any(row => row.UserId == user),
                HasBackend = db.BackendMemberships.Any(row => row.UserId == user),
                Revision = membership == null ? null : membership.Revision,
                Roles = membership!.Roles.Select(role => role.Role).ToList(),
            }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return false;
        }

        Of = found;
        return true;
    }
}
