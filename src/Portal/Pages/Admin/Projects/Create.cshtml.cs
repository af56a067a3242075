using JobServer.Data;
using JobServer.Data.Projects;
using JobServer.Domain;
using JobServer.Domain.Access;
using JobServer.Domain.Projects;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Projects;

/// <summary>A project without an application. Its members are added on its page.</summary>
[RequiresPermission(Permission.ManageProjects)]
internal sealed class CreateModel(JobServerDb db, ProjectCreation projects, ReservedWords reserved) : PageModel
{
    [BindProperty]
    public NewInput Input { get; set; } = new();

    public IReadOnlyList<Choice> Organisations { get; private set; } = [];

    public async Task OnGetAsync(int? organisation, CancellationToken cancellationToken)
    {
        Input = Input with { Organisation = organisation };
        await LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var (name, number) = (Input.Name?.Trim() ?? "", Input.Number?.Trim() ?? "");
        var slug = Input.Slug?.Trim() is { Length: > 0 } typed ? typed : Slug.From(name);
        ModelState.AddProblem("Input.Name", AdminText.NameProblem(name, Project.NameMaxLength));
        ModelState.AddProblem("Input.Slug", name.Length == 0 ? null : AdminText.SlugProblem(slug, current: null, reserved.ProblemOfProject));
        ModelState.AddProblem("Input.Number", AdminText.Problem(number, Project.NumberMaxLength, allowsLines: false));
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var (outcome, id) = await projects.CreateAsync(
            new CreateProject
            {
                Name = name,
                Slug = slug,
                Number = number.Length == 0 ? null : number,
                OrganisationId = Input.Organisation,
                PersonId = HttpContext.Person()!.Id,
            },
            cancellationToken);
        if (outcome != ProjectOutcome.Changed)
        {
            var (field, problem) = ProjectProblems.Of(outcome, slug, number);
            ModelState.AddProblem($"Input.{field}", problem);
            return Page();
        }

        TempData.Success($"{name} was created. Add its members now.");
        return LocalRedirect(AdminLinks.ProjectMembers(id));
    }

    private async Task LoadAsync(CancellationToken cancellationToken) => Organisations = await db.Organisations.AsNoTracking()
        .OrderBy(row => row.Name)
        .Select(row => new Choice(row.Id, row.Name))
        .ToListAsync(cancellationToken);

    internal sealed record Choice(int Id, string Name);

    internal sealed record NewInput
    {
        public string? Name { get; init; }

        public string? Slug { get; init; }

        public string? Number { get; init; }

        public int? Organisation { get; init; }
    }
}
