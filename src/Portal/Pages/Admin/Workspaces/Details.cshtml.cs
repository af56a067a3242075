using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Limits;
using JobServer.Portal.Ui;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Workspaces;

/// <summary>A workspace: where its code is, which project it is in, and whether it may run.</summary>
[RequiresPermission(Permission.ManageWorkspaces)]
[Limited(Limit.Submit)]
internal sealed class DetailsModel(JobServerDb db, WorkspaceWrites workspaces, WorkspaceMoves moves) : PageModel
{
    private const int MostFound = 10;
    private const int RecentRuns = 10;

    public WorkspaceCard Of { get; private set; } = null!;

    /// <summary>For the project to move it to.</summary>
    public string Search { get; private set; } = "";

    public IReadOnlyList<WorkspaceCard.Target> Found { get; private set; } = [];

    public IReadOnlyList<WorkspaceCard.Run> Runs { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, string? q, CancellationToken cancellationToken)
    {
        Search = SearchText.Of(q);
        return await LoadAsync(id, cancellationToken) ? Page() : NotFound();
    }

    /// <param name="id">Of the workspace.</param>
    /// <param name="from">The project in which the admin saw it.</param>
    /// <param name="project">Where it shall go.</param>
    /// <param name="cancellationToken">Of the browser.</param>
    public async Task<IActionResult> OnPostMoveAsync(int id, [FromForm] int from, [FromForm] int project, CancellationToken cancellationToken)
    {
        if (await moves.MoveAsync(id, from, project, HttpContext.Person()!.Id, cancellationToken))
        {
            TempData.Success("The workspace was moved. Its former address leads on.");
        }
        else
        {
            TempData.Warn("Nothing was changed: somebody else moved the workspace meanwhile, or the project is not there any more.");
        }

        return LocalRedirect(AdminLinks.Workspace(id));
    }

    public async Task<IActionResult> OnPostArchiveAsync(int id, [FromForm] bool archived, CancellationToken cancellationToken)
    {
        var changed = await workspaces.SetArchivedAsync(id, archived, HttpContext.Person()!.Id, cancellationToken);
        TempData.Success(!changed ? "It was so already." : archived ? "The workspace was archived." : "The workspace is active again.");
        return LocalRedirect(AdminLinks.Workspace(id));
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        var found = await db.Workspaces.AsNoTracking().Where(row => row.Id == id)
            .Select(row => new WorkspaceCard
            {
                Id = row.Id,
                Slug = row.Slug,
                ProjectId = row.ProjectId,
                Project = row.Project.Name,
                Address = row.Project.OrganisationId == null ? null : "/" + row.Project.Organisation!.Slug + "/" + row.Project.Slug + "/" + row.Slug,
                Repository = row.Repository,
                Branch = row.Branch,
                IsArchived = row.IsArchived,
                CreatedAt = row.CreatedAt,
                CreatedById = row.CreatedById,
                CreatedBy = row.CreatedBy.FullName,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return false;
        }

        Of = found;
        Runs = await db.JobRequests.AsNoTracking().Where(row => row.WorkspaceId == id).OrderByDescending(row => row.Id).Take(RecentRuns)
            .Select(row => new WorkspaceCard.Run(row.Id, row.State, row.CreatedAt))
            .ToListAsync(cancellationToken);
        if (Search.Length > 0)
        {
            var pattern = LikePattern.Containing(Search);
            Found = await db.Projects.AsNoTracking()
                .Where(row => row.Id != found.ProjectId
                    && (EF.Functions.Like(row.Name, pattern, LikePattern.Escape) || EF.Functions.Like(row.Slug, pattern, LikePattern.Escape)
                        || EF.Functions.Like(row.Number!, pattern, LikePattern.Escape)))
                .OrderBy(row => row.Name).ThenBy(row => row.Id).Take(MostFound)
                .Select(row => new WorkspaceCard.Target(row.Id, row.Name, row.Number, row.Organisation!.Name))
                .ToListAsync(cancellationToken);
        }

        return true;
    }
}
