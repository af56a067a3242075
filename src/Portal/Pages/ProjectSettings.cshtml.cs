using JobServer.Data;
using JobServer.Data.Projects;
using JobServer.Domain;
using JobServer.Domain.Access;
using JobServer.Domain.Applications.Forms;
using JobServer.Portal.Access;
using JobServer.Portal.Projects;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using ProjectEntity = JobServer.Domain.Projects.Project;

namespace JobServer.Portal.Pages;

/// <summary>What a coordinator can change about a project: its name, and who its members are to it.</summary>
[RequiresPermission(Permission.ManageMembers)]
internal sealed class ProjectSettingsModel(JobServerDb db, ProjectWrites projects, ReservedWords reserved) : PageModel
{
    private const int MostMembers = 500;

    [BindProperty]
    public NameInput Input { get; set; } = new();

    public OrganisationView Organisation => HttpContext.Organisation();

    public ProjectView Project => HttpContext.Project();

    public IReadOnlyList<Member> Members { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Input = new NameInput { Name = Project.Name, Revision = await RevisionAsync(cancellationToken) };
        await LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.RenameProject) is { } refusal)
        {
            return refusal;
        }

        var name = Input.Name?.Trim() ?? "";
        var slug = SlugOf(name);
        if (Problem(name, slug) is { } problem)
        {
            return await AgainAsync(problem, cancellationToken);
        }

        var outcome = await projects.RenameAsync(
            new ProjectEdit(Project.Id, Input.Revision, HttpContext.Person()!.Id), name, slug, cancellationToken);
        switch (outcome)
        {
            case ProjectOutcome.AddressTaken:
                return await AgainAsync($"Another project of {Organisation.Name} has the address {ProjectLinks.Page(Organisation.Slug, slug)} already. Choose another name.", cancellationToken);
            case ProjectOutcome.ChangedMeanwhile:
                ModelState.Remove("Input.Revision");
                Input = Input with { Revision = await RevisionAsync(cancellationToken) };
                return await AgainAsync("Somebody else changed the project while you had this page open. It is called as the heading says now; send your name again if you still want it.", cancellationToken);
            default:
                TempData.Success(outcome == ProjectOutcome.Changed ? $"The project is called {name} now. Its former address leads here." : "The project is called so already.");
                return LocalRedirect(ProjectLinks.Settings(Organisation.Slug, slug));
        }
    }

    /// <summary>Its slug stays where only letter case differs, so that an address that people know does not change for nothing.</summary>
    private string SlugOf(string name) =>
        Slug.From(name) is var slug && (string.Equals(slug, Project.Slug, StringComparison.OrdinalIgnoreCase) || string.Equals(name, Project.Name, StringComparison.Ordinal))
            ? Project.Slug
            : slug;

    private string? Problem(string name, string slug) => name switch
    {
        "" => "Enter a name.",
        { Length: > ProjectEntity.NameMaxLength } => $"A name has at most {ProjectEntity.NameMaxLength} characters; this one has {name.Length}.",
        _ when FieldRules.HasUnseen(name, allowsLines: false) => "The name has characters that cannot be shown. Type it anew.",
        _ when slug.Length == 0 => "The address of the project is made of the letters a to z and digits of its name; have at least one.",
        _ when !string.Equals(slug, Project.Slug, StringComparison.Ordinal) => Slug.Problem(slug) ?? reserved.ProblemOfProject(slug),
        _ => null,
    };

    private async Task<IActionResult> AgainAsync(string problem, CancellationToken cancellationToken)
    {
        ModelState.AddModelError("Input.Name", problem);
        await LoadAsync(cancellationToken);
        return Page();
    }

    private Task<int> RevisionAsync(CancellationToken cancellationToken)
    {
        var id = Project.Id;
        return db.Projects.AsNoTracking().Where(project => project.Id == id).Select(project => project.Revision).SingleAsync(cancellationToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var id = Project.Id;
        var members = await db.ProjectMemberships.AsNoTracking().Where(member => member.ProjectId == id)
            .OrderBy(member => member.User.FullName).ThenBy(member => member.User.Login)
            .Take(MostMembers)
            .Select(member => new { member.User.FullName, member.User.Login, member.UserId, member.User.IsActive, Roles = member.Roles.Select(role => role.Role).ToList() })
            .ToListAsync(cancellationToken);
        var me = HttpContext.Person()!.Id;
        Members = [.. members.Select(member => new Member(
            member.FullName, member.Login, member.UserId == me, member.IsActive, [.. member.Roles.Order().Select(role => role.Name())]))];
    }

    internal sealed record NameInput
    {
        public string? Name { get; init; }

        public int Revision { get; init; }
    }

    internal sealed record Member(string Name, string Login, bool IsMe, bool IsActive, IReadOnlyList<string> Roles);
}
