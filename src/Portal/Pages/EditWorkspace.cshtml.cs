using JobServer.Data;
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

/// <summary>Changes where a workspace's code comes from, and what it is for.</summary>
[RequiresPermission(Permission.EditWorkspace)]
[Limited(Limit.Submit)]
internal sealed class EditWorkspaceModel(JobServerDb db, RepositoryCheck repositories, WorkspaceWrites workspaces, PersonTokens tokens) : PageModel
{
    [BindProperty]
    public EditInput Input { get; set; } = new();

    /// <summary>The person goes on although the repository could not be looked at.</summary>
    [BindProperty]
    public bool Unread { get; set; }

    /// <summary>The repository could not be looked at, and going on without is offered.</summary>
    public bool OffersUnread { get; private set; }

    public OrganisationView Organisation => HttpContext.Organisation();

    public ProjectView Project => HttpContext.Project();

    public WorkspaceView Workspace => HttpContext.Workspace();

    public async Task OnGetAsync(CancellationToken cancellationToken) => Input = await StoredAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var (branch, purpose) = (Input.Branch?.Trim() ?? "", Input.Purpose?.Trim() ?? "");
        Add("Input.Repository", WorkspaceFields.RepositoryProblem(Input.Repository));
        Add("Input.Branch", WorkspaceFields.BranchProblem(branch));
        Add("Input.Purpose", WorkspaceFields.PurposeProblem(purpose));
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var repository = Input.Repository!.Trim();
        var isSame = string.Equals(repository, Workspace.Repository, StringComparison.Ordinal) && string.Equals(branch, Workspace.Branch, StringComparison.Ordinal);
        if (!isSame)
        {
            var found = Unread
                ? repositories.Trust(repository, branch)
                : await repositories.CheckAsync(repository, branch, await tokens.FindAsync(HttpContext, cancellationToken), cancellationToken);
            if (found.Value is not { } place)
            {
                var failure = found.Problem!.Failure;
                Add(failure == CodeHostFailure.TokenWithoutAccess ? "Input.Repository" : WorkspaceFields.FieldOf(failure), found.Problem.Message);
                OffersUnread = WorkspaceFields.MayGoOnUnread(failure);
                return Page();
            }

            repository = place.Repository.Address.AbsoluteUri;
        }

        var edit = new WorkspaceEdit
        {
            WorkspaceId = Workspace.Id,
            Revision = Input.Revision,
            Repository = repository,
            Branch = branch,
            Purpose = purpose,
            PersonId = HttpContext.Person()!.Id,
        };
        if (!await workspaces.EditAsync(edit, cancellationToken))
        {
            return await StaleAsync(cancellationToken);
        }

        TempData.Success("The workspace was saved.");
        return LocalRedirect(WorkspaceLinks.Page(Organisation.Slug, Project.Slug, Workspace.Slug));
    }

    /// <summary>What was typed stays in the form; what is stored is said beside it.</summary>
    private async Task<PageResult> StaleAsync(CancellationToken cancellationToken)
    {
        var stored = await StoredAsync(cancellationToken);
        ModelState.Remove("Input.Revision");
        Input = Input with { Revision = stored.Revision };
        Add("", $"Nothing was saved: somebody else changed the workspace while you had this page open. Stored now: repository {stored.Repository}, branch {stored.Branch}, "
            + $"purpose “{stored.Purpose}”. Your own entries are still in the form; save again to put them in their place.");
        return Page();
    }

    private Task<EditInput> StoredAsync(CancellationToken cancellationToken)
    {
        var id = Workspace.Id;
        return db.Workspaces.AsNoTracking().Where(workspace => workspace.Id == id)
            .Select(workspace => new EditInput
            {
                Repository = workspace.Repository,
                Branch = workspace.Branch,
                Purpose = workspace.Purpose,
                Revision = workspace.Revision,
            })
            .SingleAsync(cancellationToken);
    }

    private void Add(string field, string? problem)
    {
        if (problem is not null)
        {
            ModelState.AddModelError(field, problem);
        }
    }

    internal sealed record EditInput
    {
        public string? Repository { get; init; }

        public string? Branch { get; init; }

        public string? Purpose { get; init; }

        public int Revision { get; init; }
    }
}
