using JobServer.Data.Backends;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Backends;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Admin.Backends;

/// <summary>A new site. It takes jobs as soon as an agent connects with one of its tokens.</summary>
[RequiresPermission(Permission.ManageBackends)]
internal sealed class CreateModel(BackendWrites backends, ReservedWords reserved) : PageModel
{
    [BindProperty]
    public NewInput Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var (name, slug) = (Input.Name?.Trim() ?? "", Input.Slug?.Trim() ?? "");
        ModelState.AddProblem("Input.Name", AdminText.NameProblem(name, Backend.NameMaxLength));
        ModelState.AddProblem("Input.Slug", BackendWords.SlugProblem(slug, reserved));
        ModelState.AddProblem("Input.Release", Enum.IsDefined(Input.Release) ? null : "Choose one of the list.");
        ModelState.AddProblem("Input.Log", Enum.IsDefined(Input.Log) ? null : "Choose one of the list.");
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var made = await backends.CreateAsync(
            new CreateBackend { Name = name, Slug = slug, ReleasePolicy = Input.Release, LogPolicy = Input.Log, PersonId = HttpContext.Person()!.Id },
            cancellationToken);
        if (made is not { } id)
        {
            ModelState.AddProblem("Input.Slug", $"Another backend has the slug '{slug}' already. Choose another one.");
            return Page();
        }

        TempData.Success($"{name} was created. Make a token for its first agent now.");
        return LocalRedirect(AdminLinks.BackendTokens(id));
    }

    internal sealed record NewInput
    {
        public string? Name { get; init; }

        public string? Slug { get; init; }

        public ReleasePolicy Release { get; init; }

        public LogPolicy Log { get; init; }
    }
}
