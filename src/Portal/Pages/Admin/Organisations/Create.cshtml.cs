using JobServer.Data.Organisations;
using JobServer.Domain;
using JobServer.Domain.Access;
using JobServer.Domain.Applications.Forms;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Entity = JobServer.Domain.Organisations.Organisation;

namespace JobServer.Portal.Pages.Admin.Organisations;

[RequiresPermission(Permission.ManageOrganisations)]
internal sealed class CreateModel(OrganisationWrites organisations, ReservedWords reserved) : PageModel
{
    [BindProperty]
    public OrganisationInput Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var (name, description) = (Input.Name?.Trim() ?? "", FieldRules.Tidy(Input.Description ?? ""));
        var slug = Input.Slug?.Trim() is { Length: > 0 } typed ? typed : Slug.From(name);
        ModelState.AddProblem("Input.Name", AdminText.NameProblem(name, Entity.NameMaxLength));
        ModelState.AddProblem("Input.Slug", name.Length == 0 ? null : AdminText.SlugProblem(slug, current: null, reserved.ProblemOfOrganisation));
        ModelState.AddProblem("Input.Description", AdminText.Problem(description, Entity.DescriptionMaxLength, allowsLines: true));
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var made = await organisations.CreateAsync(
            new CreateOrganisation { Name = name, Slug = slug, Description = description, PersonId = HttpContext.Person()!.Id }, cancellationToken);
        if (made is not { } id)
        {
            ModelState.AddProblem("Input.Slug", $"Another organisation has the slug '{slug}' already. Choose another one.");
            return Page();
        }

        TempData.Success($"{name} was created. Add its people and projects now.");
        return LocalRedirect(AdminLinks.Organisation(id));
    }
}
