using JobServer.Data;
using JobServer.Data.Organisations;
using JobServer.Data.Projects;
using JobServer.Domain;
using JobServer.Domain.Access;
using JobServer.Domain.Applications.Forms;
using JobServer.Domain.Projects;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Limits;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Entity = JobServer.Domain.Organisations.Organisation;

namespace JobServer.Portal.Pages.Admin.Organisations;

/// <summary>An organisation: its address, its projects, and the way to its people.</summary>
[RequiresPermission(Permission.ViewAdminLists)]
[Limited(Limit.Submit)]
internal sealed class DetailsModel(JobServerDb db, OrganisationWrites organisations, ProjectWrites projects, ReservedWords reserved) : PageModel
{
    private const int MostProjects = 100;

    [BindProperty]
    public OrganisationInput Input { get; set; } = new();

    /// <summary>Number of the project to attach.</summary>
    [BindProperty]
    public int? Project { get; set; }

    public Card Of { get; private set; } = null!;

    public IReadOnlyList<ListedProject> Projects { get; private set; } = [];

    /// <summary>Projects without an organisation.</summary>
    public IReadOnlyList<ListedProject> Free { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        ShowStored();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.ManageOrganisations) is { } refusal)
        {
            return refusal;
        }

        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        var (name, description) = (Input.Name?.Trim() ?? "", FieldRules.Tidy(Input.Description ?? ""));
        var slug = Input.Slug?.Trim() is { Length: > 0 } typed ? typed : Slug.From(name);
        ModelState.AddProblem("Input.Name", AdminText.NameProblem(name, Entity.NameMaxLength));
        ModelState.AddProblem("Input.Slug", name.Length == 0 ? null : AdminText.SlugProblem(slug, Of.Slug, reserved.ProblemOfOrganisation));
        ModelState.AddProblem("Input.Description", AdminText.Problem(description, Entity.DescriptionMaxLength, allowsLines: true));
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var outcome = await organisations.ChangeAsync(
            new OrganisationEdit(id, Input.Revision, HttpContext.Person()!.Id), name, slug, description, cancellationToken);
        switch (outcome)
        {
            case OrganisationOutcome.AddressTaken:
                ModelState.AddProblem("Input.Slug", $"Another organisation has the slug '{slug}' already. Choose another one.");
                return Page();
            case OrganisationOutcome.ChangedMeanwhile:
                await LoadAsync(id, cancellationToken);
                ModelState.Remove("Input.Revision");
                Input = Input with { Revision = Of.Revision };
                ModelState.AddProblem("Input.Name", $"Nothing was changed: somebody else changed this organisation meanwhile. It is called {Of.Name} at {Of.Slug} now; save again if you still mean what you typed.");
                return Page();
            default:
                TempData.Success(outcome == OrganisationOutcome.Changed ? "The organisation was saved." : "All was so already.");
                return LocalRedirect(AdminLinks.Organisation(id));
        }
    }

    public async Task<IActionResult> OnPostAttachAsync(int id, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.AddProjectsToOrganisations) is { } refusal)
        {
            return refusal;
        }

        ModelState.Clear();
        var revision = await db.Projects.AsNoTracking().Where(row => row.Id == Project && row.OrganisationId == null)
            .Select(row => (int?)row.Revision)
            .SingleOrDefaultAsync(cancellationToken);
        var outcome = revision is { } seen
            ? await projects.MoveAsync(new ProjectEdit(Project!.Value, seen, HttpContext.Person()!.Id), id, cancellationToken)
            : ProjectOutcome.ChangedMeanwhile;
        if (outcome is ProjectOutcome.Changed)
        {
            TempData.Success("The project belongs to the organisation now.");
            return LocalRedirect(AdminLinks.Organisation(id));
        }

        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        ShowStored();
        ModelState.AddProblem(nameof(Project), (outcome, Project) switch
        {
            (_, null) => "Choose a project first.",
            (ProjectOutcome.AddressTaken, _) => "A project of this organisation has the same slug. Change the slug of one of them first.",
            _ => "Nothing was changed: the project has an organisation by now, or was changed at this moment. Look at its page.",
        });
        return Page();
    }

    private void ShowStored() => Input = new OrganisationInput { Name = Of.Name, Slug = Of.Slug, Description = Of.Description, Revision = Of.Revision };

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        var found = await db.Organisations.AsNoTracking().Where(row => row.Id == id)
            .Select(row => new Card
            {
                Id = row.Id,
                Name = row.Name,
                Slug = row.Slug,
                Description = row.Description,
                CreatedAt = row.CreatedAt,
                Revision = row.Revision,
                People = row.Memberships.Count,
                Projects = row.Projects.Count,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return false;
        }

        Of = found;
        Projects = await Listed(db.Projects.Where(row => row.OrganisationId == id)).ToListAsync(cancellationToken);
        Free = await Listed(db.Projects.Where(row => row.OrganisationId == null)).ToListAsync(cancellationToken);
        return true;
    }

    private static IQueryable<ListedProject> Listed(IQueryable<Domain.Projects.Project> rows) => rows.AsNoTracking()
        .OrderBy(row => row.Number == null).ThenBy(row => row.Number!.Length).ThenBy(row => row.Number).ThenBy(row => row.Name).Take(MostProjects)
        .Select(row => new ListedProject(row.Id, row.Name, row.Number, row.Status));

    internal sealed record Card
    {
        public required int Id { get; init; }

        public required string Name { get; init; }

        public required string Slug { get; init; }

        public required string Description { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required int Revision { get; init; }

        public required int People { get; init; }

        public required int Projects { get; init; }
    }

    internal sealed record ListedProject(int Id, string Name, string? Number, ProjectStatus Status);
}
