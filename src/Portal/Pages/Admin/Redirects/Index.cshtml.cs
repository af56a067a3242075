using JobServer.Data;
using JobServer.Data.Redirects;
using JobServer.Domain.Access;
using JobServer.Domain.Redirects;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Ui;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Redirects;

/// <summary>Former addresses, where each leads, and the way to take one away.</summary>
[RequiresPermission(Permission.ManageRedirects)]
internal sealed class IndexModel(JobServerDb db, RedirectWrites redirects) : PageModel
{
    public static readonly IReadOnlyList<string> Kinds = ["Organisation", "Project", "Workspace", "Backend"];

    public string Search { get; private set; } = "";

    /// <summary>One of <see cref="Kinds"/>, or empty.</summary>
    public string Kind { get; private set; } = "";

    public bool IsFiltered => Search.Length > 0 || Kind.Length > 0;

    public Paging Paging { get; private set; } = Paging.None;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(string? q, string? kind, [FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        Search = SearchText.Of(q).TrimStart('/');
        Kind = Kinds.FirstOrDefault(known => string.Equals(known, kind, StringComparison.OrdinalIgnoreCase)) ?? "";
        var rows = OfKind(db.Redirects.AsNoTracking());
        if (Search.Length > 0)
        {
            var pattern = LikePattern.Containing(Search);
            rows = rows.Where(row => EF.Functions.Like(row.Path, pattern, LikePattern.Escape));
        }

        Paging = Paging.Of(await rows.CountAsync(cancellationToken), number);
        Rows = await rows.OrderByDescending(row => row.Id).Skip(Paging.Skip).Take(Paging.Size)
            .Select(row => new Row
            {
                Id = row.Id,
                Path = row.Path,
                Kind = row.WorkspaceId != null ? "Workspace" : row.ProjectId != null ? "Project" : row.OrganisationId != null ? "Organisation" : "Backend",
                Now = row.WorkspaceId != null
                    ? db.Workspaces.Where(to => to.Id == row.WorkspaceId && to.Project.OrganisationId != null)
                        .Select(to => to.Project.Organisation!.Slug + "/" + to.Project.Slug + "/" + to.Slug).FirstOrDefault()
                    : row.ProjectId != null
                        ? db.Projects.Where(to => to.Id == row.ProjectId && to.OrganisationId != null).Select(to => to.Organisation!.Slug + "/" + to.Slug).FirstOrDefault()
                        : row.OrganisationId != null
                            ? db.Organisations.Where(to => to.Id == row.OrganisationId).Select(to => to.Slug).FirstOrDefault()
                            : db.Backends.Where(to => to.Id == row.BackendId).Select(to => "status/" + to.Slug).FirstOrDefault(),
                CreatedAt = row.CreatedAt,
                CreatedBy = db.Users.Where(user => user.Id == row.CreatedById).Select(user => user.FullName).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostDeleteAsync([FromForm] int id, CancellationToken cancellationToken)
    {
        if (await redirects.DeleteAsync(id, HttpContext.Person()!.Id, cancellationToken))
        {
            TempData.Success("The redirect was deleted.");
        }
        else
        {
            TempData.Warn("The redirect was not there any more.");
        }

        return LocalRedirect(AdminLinks.Redirects);
    }

    private IQueryable<Redirect> OfKind(IQueryable<Redirect> rows) => Kind switch
    {
        "Organisation" => rows.Where(row => row.OrganisationId != null),
        "Project" => rows.Where(row => row.ProjectId != null),
        "Workspace" => rows.Where(row => row.WorkspaceId != null),
        "Backend" => rows.Where(row => row.BackendId != null),
        _ => rows,
    };

    internal sealed record Row
    {
        public required int Id { get; init; }

        public required string Path { get; init; }

        public required string Kind { get; init; }

        /// <summary>Where it leads; null while that has no address.</summary>
        public required string? Now { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required string? CreatedBy { get; init; }
    }
}
