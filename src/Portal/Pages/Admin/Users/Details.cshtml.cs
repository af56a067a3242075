using JobServer.Data;
using JobServer.Data.Users;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Limits;
using JobServer.Portal.Ui;
using JobServer.Portal.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Users;

/// <summary>One person: what they may do, where they belong, what they did, and the way out.</summary>
[RequiresPermission(Permission.ViewAdminLists)]
[Limited(Limit.Submit)]
internal sealed class DetailsModel(JobServerDb db, UserWrites users, UserBelonging belonging, Deactivations deactivations, OpenRunsOf runs) : PageModel
{
    private const int RecentRuns = 10;
    private const int MostListed = 100;

    /// <summary>Of the person as the page shows them.</summary>
    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public string? FullName { get; set; }

    [BindProperty]
    public List<Role> Roles { get; set; } = [];

    /// <summary>Numbers of what was ticked.</summary>
    [BindProperty]
    public List<int> Chosen { get; set; } = [];

    [BindProperty]
    public bool CancelJobs { get; set; }

    public UserCard Of { get; private set; } = null!;

    public IReadOnlyList<UserCard.Place> Backends { get; private set; } = [];

    public IReadOnlyList<UserCard.Place> Organisations { get; private set; } = [];

    public IReadOnlyList<UserCard.InProject> Projects { get; private set; } = [];

    public IReadOnlyList<UserCard.Asked> Applications { get; private set; } = [];

    public IReadOnlyList<UserCard.Run> Runs { get; private set; } = [];

    public bool IsMe => Of.Id == HttpContext.Person()!.Id;

    public int ProjectRoles => Projects.Sum(project => project.Roles.Count);

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        (FullName, Roles) = (Of.Name, [.. Of.Roles]);
        return Page();
    }

    public async Task<IActionResult> OnPostNameAsync(int id, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.ManageUsers) is { } refusal)
        {
            return refusal;
        }

        var name = PersonNames.Clean(FullName);
        if (PersonNames.Problem(name) is { } problem)
        {
            return await WrongAsync(id, nameof(FullName), problem, keepsRevision: true, cancellationToken);
        }

        return await AnswerAsync(id, await users.RenameAsync(Edit(id), name, cancellationToken), nameof(FullName), "The name was saved.", cancellationToken);
    }

    public async Task<IActionResult> OnPostRolesAsync(int id, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.GiveGlobalRoles) is { } refusal)
        {
            return refusal;
        }

        if (ModelState[nameof(Roles)] is { Errors.Count: > 0 } || Roles.Exists(role => !Enum.IsDefined(role)))
        {
            return await WrongAsync(id, nameof(Roles), "Choose among the roles of the list.", keepsRevision: true, cancellationToken);
        }

        return await AnswerAsync(id, await users.SetRolesAsync(Edit(id), Roles, cancellationToken), nameof(Roles), "The roles were saved.", cancellationToken);
    }

    public async Task<IActionResult> OnPostClearAsync(int id, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.GiveGlobalRoles) is { } refusal)
        {
            return refusal;
        }

        var (outcome, taken) = await users.ClearRolesAsync(Edit(id), cancellationToken);
        return await AnswerAsync(
            id, outcome, nameof(Roles), $"Roles taken: {taken.Everywhere} for all projects, {taken.InProjects} in projects.", cancellationToken);
    }

    public async Task<IActionResult> OnPostBackendsAsync(int id, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.AddPeopleToBackends) is { } refusal)
        {
            return refusal;
        }

        var outcome = await belonging.SetBackendsAsync(Edit(id), Chosen, HttpContext.May(Permission.ManageBackends), cancellationToken);
        return await AnswerAsync(id, outcome, "Backends", "The backends were saved.", cancellationToken);
    }

    public async Task<IActionResult> OnPostOrganisationsAsync(int id, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.AddPeopleToOrganisations) is { } refusal)
        {
            return refusal;
        }

        var outcome = await belonging.SetOrganisationsAsync(Edit(id), Chosen, HttpContext.May(Permission.ManageOrganisations), cancellationToken);
        return await AnswerAsync(id, outcome, "Organisations", "The organisations were saved.", cancellationToken);
    }

    public async Task<IActionResult> OnPostDeactivateAsync(int id, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.ManageUsers) is { } refusal)
        {
            return refusal;
        }

        var outcome = await deactivations.DeactivateAsync(Edit(id), cancellationToken);
        var cancelled = outcome == UserOutcome.Changed && CancelJobs
            ? await runs.CancelAsync(id, HttpContext.Person()!.Id, cancellationToken)
            : 0;
        var done = "The person is signed out everywhere and cannot sign in again."
            + (cancelled == 0 ? "" : cancelled == 1 ? " One run was cancelled." : $" {cancelled} runs were cancelled.");
        return await AnswerAsync(id, outcome, "Deactivate", done, cancellationToken);
    }

    public async Task<IActionResult> OnPostReactivateAsync(int id, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.ManageUsers) is { } refusal)
        {
            return refusal;
        }

        var outcome = await deactivations.ReactivateAsync(Edit(id), cancellationToken);
        return await AnswerAsync(id, outcome, "Deactivate", "The person can sign in again, with the roles they had.", cancellationToken);
    }

    private UserEdit Edit(int id) => new(id, Revision, HttpContext.Person()!.Id);

    private async Task<IActionResult> AnswerAsync(int id, UserOutcome outcome, string key, string done, CancellationToken cancellationToken)
    {
        if (outcome is UserOutcome.Changed or UserOutcome.Unchanged)
        {
            TempData.Success(outcome == UserOutcome.Changed ? done : "All was so already.");
            return LocalRedirect(AdminLinks.User(id));
        }

        var problem = outcome switch
        {
            UserOutcome.LastCoreDeveloper => $"Nothing was changed: nobody else active is a {Role.CoreDeveloper.Name()}. Give somebody else the role first.",
            UserOutcome.Self => "Nothing was changed: you cannot deactivate yourself. Another Core Developer can do it.",
            _ => "Nothing was changed: somebody else changed this person meanwhile. Compare with what is stored now, and save again if you still mean it.",
        };
        return await WrongAsync(id, key, problem, keepsRevision: false, cancellationToken);
    }

    /// <summary>The page again, with what was typed in the form at hand and what is stored in all others.</summary>
    private async Task<IActionResult> WrongAsync(int id, string key, string problem, bool keepsRevision, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        ModelState.Clear();
        ModelState.AddModelError(key, problem);
        FullName = key == nameof(FullName) ? FullName : Of.Name;
        Roles = key == nameof(Roles) && Request.Query["handler"] != "Clear" ? [.. Roles.Where(Enum.IsDefined)] : [.. Of.Roles];
        Backends = key == "Backends" ? Ticked(Backends) : Backends;
        Organisations = key == "Organisations" ? Ticked(Organisations) : Organisations;
        Revision = keepsRevision ? Revision : Of.Revision;
        return Page();
    }

    private IReadOnlyList<UserCard.Place> Ticked(IReadOnlyList<UserCard.Place> places) =>
        [.. places.Select(place => place with { IsMember = Chosen.Contains(place.Id) })];

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        var found = await db.Users.AsNoTracking().Where(user => user.Id == id)
            .Select(user => new UserCard
            {
                Id = user.Id,
                Name = user.FullName,
                Login = user.Login,
                Email = user.Email,
                Revision = user.Revision,
                IsActive = user.IsActive,
                DeactivatedAt = user.DeactivatedAt,
                DeactivatedBy = db.Users.Where(other => other.Id == user.DeactivatedById).Select(other => other.FullName).FirstOrDefault(),
                GoneAt = user.GoneFromHostAt,
                CreatedAt = user.CreatedAt,
                Roles = user.Roles.Select(role => role.Role).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return false;
        }

        Of = found;
        Revision = Revision == 0 && Request.Method == HttpMethods.Get ? found.Revision : Revision;
        Backends = await db.Backends.AsNoTracking().OrderBy(row => row.Name)
            .Select(row => new UserCard.Place(row.Id, row.Name, db.BackendMemberships.Any(member => member.BackendId == row.Id && member.UserId == id)))
            .ToListAsync(cancellationToken);
        Organisations = await db.Organisations.AsNoTracking().OrderBy(row => row.Name)
            .Select(row => new UserCard.Place(row.Id, row.Name, row.Memberships.Any(member => member.UserId == id)))
            .ToListAsync(cancellationToken);
        Projects = await db.ProjectMemberships.AsNoTracking().Where(member => member.UserId == id).OrderBy(member => member.Project.Name).Take(MostListed)
            .Select(member => new UserCard.InProject(member.ProjectId, member.Project.Name, member.Roles.Select(role => role.Role).ToList()))
            .ToListAsync(cancellationToken);
        Applications = await db.Applications.AsNoTracking().Where(row => row.CreatedById == id && row.DeletedAt == null)
            .OrderByDescending(row => row.Id).Take(MostListed)
            .Select(row => new UserCard.Asked(row.PublicId, row.Status, row.CreatedAt))
            .ToListAsync(cancellationToken);
        Runs = await db.JobRequests.AsNoTracking().Where(row => row.CreatedById == id).OrderByDescending(row => row.Id).Take(RecentRuns)
            .Select(row => new UserCard.Run(row.Id, row.Workspace.Slug, row.State, row.CreatedAt))
            .ToListAsync(cancellationToken);
        return true;
    }
}
