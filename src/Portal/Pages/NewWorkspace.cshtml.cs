using JobServer.Data;
using JobServer.Domain;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Limits;
using JobServer.Portal.Ui;
using JobServer.Portal.Users;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages;

/// <summary>Makes a workspace of a repository and branch, once both were seen to be usable.</summary>
[RequiresPermission(Permission.CreateWorkspace)]
[Limited(Limit.Submit)]
internal sealed class NewWorkspaceModel(
    JobServerDb db, RepositoryCheck repositories, WorkspaceWrites workspaces, ReservedWords reserved, OneTimeTokens tokens, PersonTokens personTokens) : PageModel
{
    [BindProperty]
    public WorkspaceInput Input { get; set; } = new();

    /// <summary>The person goes on although the repository could not be looked at.</summary>
    [BindProperty]
    public bool Unread { get; set; }

    /// <summary>The repository could not be looked at, and going on without is offered.</summary>
    public bool OffersUnread { get; private set; }

    public OrganisationView Organisation => HttpContext.Organisation();

    public ProjectView Project => HttpContext.Project();

    /// <summary>Whether a name can be had, while it is typed.</summary>
    public async Task<IActionResult> OnGetNameAsync([FromQuery(Name = "Input.Name")] string? name, CancellationToken cancellationToken)
    {
        var slug = name?.Trim() ?? "";
        var problem = NameProblem(slug)
            ?? (await db.Workspaces.AnyAsync(workspace => workspace.Slug == slug, cancellationToken) ? Taken(slug) : null);
        return Partial("_NameAnswer", problem);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var (name, branch, purpose, token) = (Input.Name?.Trim() ?? "", Input.Branch?.Trim() ?? "", Input.Purpose?.Trim() ?? "", Input.Token?.Trim() ?? "");
        Check(name, branch, purpose, token);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var usable = token.Length > 0 ? token : await personTokens.FindAsync(HttpContext, cancellationToken);
        var found = Unread
            ? repositories.Trust(Input.Repository, branch)
            : await repositories.CheckAsync(Input.Repository, branch, usable, cancellationToken);
        if (found.Value is not { } place)
        {
            ModelState.AddModelError(WorkspaceFields.FieldOf(found.Problem!.Failure), found.Problem.Message);
            OffersUnread = WorkspaceFields.MayGoOnUnread(found.Problem.Failure);
            return Page();
        }

        var draft = new WorkspaceDraft
        {
            ProjectId = Project.Id,
            Slug = name,
            Repository = place.Repository.Address.AbsoluteUri,
            Branch = branch,
            Purpose = purpose,
            PersonId = HttpContext.Person()!.Id,
        };
        if (await workspaces.CreateAsync(draft, cancellationToken) is not { } id)
        {
            ModelState.AddModelError("Input.Name", Taken(name));
            return Page();
        }

        if (token.Length > 0 && place.Host.TakesTokens)
        {
            tokens.Set(HttpContext, Organisation.Slug, Project.Slug, name, id, token);
        }

        TempData.Success(Unread ? $"The workspace {name} was created. Its repository was not read." : $"The workspace {name} was created.");
        return LocalRedirect(WorkspaceLinks.Page(Organisation.Slug, Project.Slug, name));
    }

    private void Check(string name, string branch, string purpose, string token)
    {
        Add("Input.Name", NameProblem(name));
        Add("Input.Repository", WorkspaceFields.RepositoryProblem(Input.Repository));
        Add("Input.Branch", WorkspaceFields.BranchProblem(branch));
        Add("Input.Purpose", WorkspaceFields.PurposeProblem(purpose));
        Add("Input.Token", token.Length > 0 ? OneTimeTokens.Problem(token) : null);
    }

    private string? NameProblem(string name) => Slug.Problem(name) ?? reserved.ProblemOfWorkspace(name);

    private static string Taken(string name) => $"There is a workspace '{name}' on this site already. Choose another name.";

    private void Add(string field, string? problem)
    {
        if (problem is not null)
        {
            ModelState.AddModelError(field, problem);
        }
    }

    internal sealed record WorkspaceInput
    {
        public string? Name { get; init; }

        public string? Repository { get; init; }

        public string? Branch { get; init; }

        public string? Purpose { get; init; }

        /// <summary>For the check of a private repository.</summary>
        public string? Token { get; init; }
    }
}
