using JobServer.Domain;
using JobServer.Domain.Access;
using JobServer.Domain.Workspaces;
using JobServer.Portal.Access;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Limits;
using JobServer.Portal.Ui;
using JobServer.Portal.Users;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages;

/// <summary>Makes a workspace of a repository and branch, once both were seen to be usable.</summary>
[RequiresPermission(Permission.CreateWorkspace)]
[Limited(Limit.Submit)]
internal sealed class NewWorkspaceModel(RepositoryCheck repositories, WorkspaceWrites workspaces, ReservedWords reserved, OneTimeTokens tokens, PersonTokens personTokens) : PageModel
{
    [BindProperty]
    public WorkspaceInput Input { get; set; } = new();

    public OrganisationView Organisation => HttpContext.Organisation();

    public ProjectView Project => HttpContext.Project();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var (name, branch, token) = (Input.Name?.Trim() ?? "", Input.Branch?.Trim() ?? "", Input.Token?.Trim() ?? "");
        Check(name, branch, token);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var usable = token.Length > 0 ? token : await personTokens.FindAsync(HttpContext, cancellationToken);
        var found = await repositories.CheckAsync(Input.Repository, branch, usable, cancellationToken);
        if (found.Value is not { } place)
        {
            ModelState.AddModelError(FieldOf(found.Problem!.Failure), found.Problem.Message);
            return Page();
        }

        if (await workspaces.CreateAsync(
            Project.Id, name, place.Repository.Address.AbsoluteUri, branch, HttpContext.Person()!.Id, cancellationToken) is not { } id)
        {
            ModelState.AddModelError("Input.Name", $"There is a workspace '{name}' on this site already. Choose another name.");
            return Page();
        }

        if (token.Length > 0 && place.Host.TakesTokens)
        {
            tokens.Set(HttpContext, Organisation.Slug, Project.Slug, name, id, token);
        }

        TempData.Success($"The workspace {name} was created.");
        return LocalRedirect(WorkspaceLinks.Page(Organisation.Slug, Project.Slug, name));
    }

    private void Check(string name, string branch, string token)
    {
        Add("Input.Name", Slug.Problem(name) ?? reserved.ProblemOfWorkspace(name));
        Add("Input.Repository", Input.Repository?.Trim() switch
        {
            null or "" => "Enter the address of the repository.",
            { Length: > Workspace.RepositoryMaxLength } => $"An address has at most {Workspace.RepositoryMaxLength} characters.",
            _ => null,
        });
        Add("Input.Branch", branch switch
        {
            "" => "Enter the name of a branch, for example main.",
            { Length: > Workspace.BranchMaxLength } => $"The name of a branch has at most {Workspace.BranchMaxLength} characters.",
            _ => null,
        });
        if (token.Length > 0)
        {
            Add("Input.Token", OneTimeTokens.Problem(token));
        }
    }

    private void Add(string field, string? problem)
    {
        if (problem is not null)
        {
            ModelState.AddModelError(field, problem);
        }
    }

    private static string FieldOf(CodeHostFailure failure) => failure switch
    {
        CodeHostFailure.BranchNotFound or CodeHostFailure.FileNotFound => "Input.Branch",
        CodeHostFailure.TokenWithoutAccess => "Input.Token",
        CodeHostFailure.NotARepositoryAddress or CodeHostFailure.RepositoryNotFoundOrPrivate => "Input.Repository",
        _ => "",
    };

    internal sealed record WorkspaceInput
    {
        public string? Name { get; init; }

        public string? Repository { get; init; }

        public string? Branch { get; init; }

        /// <summary>For the check of a private repository.</summary>
        public string? Token { get; init; }
    }
}
