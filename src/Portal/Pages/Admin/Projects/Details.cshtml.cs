using JobServer.Data;
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

namespace JobServer.Portal.Pages.Admin.Projects;

/// <summary>A project: where it belongs, what it is called, and how far it is.</summary>
[RequiresPermission(Permission.ViewAdminLists)]
[Limited(Limit.Submit)]
internal sealed class DetailsModel(JobServerDb db, ProjectWrites projects, ReservedWords reserved) : PageModel
{
    public const int HeaviestWeight = 100;

    private const int MostWorkspaces = 200;
    private const int RecentRuns = 10;

    [BindProperty]
    public ProjectInput Input { get; set; } = new();

    /// <summary>Number of the one that it belongs to, or shall.</summary>
    [BindProperty]
    public int? Organisation { get; set; }

    public ProjectCard Of { get; private set; } = null!;

    public IReadOnlyList<ProjectCard.Choice> Organisations { get; private set; } = [];

    public IReadOnlyList<ProjectCard.Place> Workspaces { get; private set; } = [];

    public IReadOnlyList<ProjectCard.Run> Runs { get; private set; } = [];

    /// <summary>Attaching is for more people than moving.</summary>
    public Permission ToMove => Of.OrganisationId is null ? Permission.AddProjectsToOrganisations : Permission.ManageProjects;

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
        if (HttpContext.Refusal(Permission.ManageProjects) is { } refusal)
        {
            return refusal;
        }

        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        Organisation = Of.OrganisationId;
        if (Read() is not { } facts)
        {
            return Page();
        }

        var outcome = await projects.ChangeAsync(Edit(id), facts, cancellationToken);
        if (outcome is ProjectOutcome.Changed or ProjectOutcome.Unchanged)
        {
            return Done(id, outcome, "The project was saved.");
        }

        await LoadAsync(id, cancellationToken);
        Freshen(outcome);
        var (field, problem) = ProjectProblems.Of(outcome, facts.Slug, facts.Number);
        ModelState.AddProblem($"Input.{field}", problem);
        return Page();
    }

    public async Task<IActionResult> OnPostMoveAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        // Of the project as it is now: the write finds one that changes after this look changed.
        if (HttpContext.Refusal(ToMove) is { } refusal)
        {
            return refusal;
        }

        var outcome = Organisation is { } chosen
            ? await projects.MoveAsync(Edit(id), chosen, cancellationToken)
            : (ProjectOutcome?)null;
        if (outcome is ProjectOutcome.Changed or ProjectOutcome.Unchanged)
        {
            return Done(id, outcome.Value, "The project belongs to the organisation now.");
        }

        await LoadAsync(id, cancellationToken);
        var typed = Organisation;
        ModelState.Clear();
        ShowStored();
        Organisation = typed;
        ModelState.AddProblem(nameof(Organisation), outcome switch
        {
            null => "Choose an organisation first.",
            ProjectOutcome.AddressTaken => $"A project of that organisation has the slug '{Of.Slug}' too. Change one of the slugs first.",
            ProjectOutcome.OrganisationGone => "This organisation is not there any more. Choose another one.",
            _ => "Nothing was changed: somebody else changed this project meanwhile. Compare with what is stored now, and choose again if you still mean it.",
        });
        return Page();
    }

    private ProjectEdit Edit(int id) => new(id, Input.Revision, HttpContext.Person()!.Id);

    /// <returns>Null when something of it cannot be kept; the fields say what.</returns>
    private ProjectFacts? Read()
    {
        var (name, number, note) = (Input.Name?.Trim() ?? "", Input.Number?.Trim() ?? "", FieldRules.Tidy(Input.StatusNote ?? ""));
        var slug = Input.Slug?.Trim() is { Length: > 0 } typed ? typed : Slug.From(name);
        ModelState.AddProblem("Input.Name", AdminText.NameProblem(name, Project.NameMaxLength));
        ModelState.AddProblem("Input.Slug", name.Length == 0 ? null : AdminText.SlugProblem(slug, Of.Slug, reserved.ProblemOfProject));
        ModelState.AddProblem("Input.Number", AdminText.Problem(number, Project.NumberMaxLength, allowsLines: false));
        ModelState.Require("Input.Status", !Enum.IsDefined(Input.Status), "Choose one of the list.");
        ModelState.Require("Input.Weight", Input.Weight is < 1 or > HeaviestWeight, $"Enter a whole number from 1 to {HeaviestWeight}.");
        ModelState.AddProblem("Input.StatusNote", AdminText.Problem(note, Project.StatusNoteMaxLength, allowsLines: true));
        return !ModelState.IsValid ? null : new ProjectFacts
        {
            Name = name,
            Slug = slug,
            Number = number.Length == 0 ? null : number,
            Status = Input.Status,
            StatusNote = note,
            Weight = Input.Weight,
        };
    }

    private LocalRedirectResult Done(int id, ProjectOutcome outcome, string done)
    {
        TempData.Success(outcome == ProjectOutcome.Changed ? done : "All was so already.");
        return LocalRedirect(AdminLinks.Project(id));
    }

    /// <summary>Somebody who was told that the project changed, and saves again, means it.</summary>
    private void Freshen(ProjectOutcome outcome)
    {
        if (outcome == ProjectOutcome.ChangedMeanwhile)
        {
            ModelState.Remove("Input.Revision");
            Input = Input with { Revision = Of.Revision };
        }
    }

    private void ShowStored()
    {
        Organisation = Of.OrganisationId;
        Input = new ProjectInput
        {
            Name = Of.Name,
            Slug = Of.Slug,
            Number = Of.Number,
            Status = Of.Status,
            StatusNote = Of.StatusNote,
            Weight = Of.Weight,
            Revision = Of.Revision,
        };
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        var found = await db.Projects.AsNoTracking().Where(row => row.Id == id)
            .Select(row => new ProjectCard
            {
                Id = row.Id,
                Name = row.Name,
                Slug = row.Slug,
                Number = row.Number,
                Status = row.Status,
                StatusNote = row.StatusNote,
                Weight = row.Weight,
                OrganisationId = row.OrganisationId,
                Organisation = row.Organisation!.Name,
                Address = row.OrganisationId == null ? null : "/" + row.Organisation!.Slug + "/" + row.Slug,
                Application = db.Applications.Where(application => application.ProjectId == id).Select(application => application.PublicId).FirstOrDefault(),
                CreatedAt = row.CreatedAt,
                Revision = row.Revision,
                Members = row.Memberships.Count,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return false;
        }

        Of = found;
        Organisations = await db.Organisations.AsNoTracking().OrderBy(row => row.Name)
            .Select(row => new ProjectCard.Choice(row.Id, row.Name))
            .ToListAsync(cancellationToken);
        Workspaces = await db.Workspaces.AsNoTracking().Where(row => row.ProjectId == id).OrderBy(row => row.IsArchived).ThenBy(row => row.Slug).Take(MostWorkspaces)
            .Select(row => new ProjectCard.Place(row.Id, row.Slug, row.IsArchived))
            .ToListAsync(cancellationToken);
        Runs = await db.JobRequests.AsNoTracking().Where(row => row.Workspace.ProjectId == id).OrderByDescending(row => row.Id).Take(RecentRuns)
            .Select(row => new ProjectCard.Run(row.Id, row.Workspace.Slug, row.State, row.CreatedAt))
            .ToListAsync(cancellationToken);
        return true;
    }
}
