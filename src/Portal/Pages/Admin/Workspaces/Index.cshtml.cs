using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Workspaces;

[RequiresPermission(Permission.ManageWorkspaces)]
internal sealed class IndexModel(JobServerDb db) : PageModel
{
    public string Search { get; private set; } = "";

    /// <summary>Null for both.</summary>
    public bool? Archived { get; private set; }

    public bool IsFiltered => Search.Length > 0 || Archived is not null;

    public Paging Paging { get; private set; } = Paging.None;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(string? q, string? archived, [FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        Search = SearchText.Of(q);
        Archived = archived switch { "yes" => true, "no" => false, _ => null };
        var rows = db.Workspaces.AsNoTracking();
        if (Search.Length > 0)
        {
            var pattern = LikePattern.Containing(Search);
            rows = rows.Where(row => EF.Functions.Like(row.Slug, pattern, LikePattern.Escape)
                || EF.Functions.Like(row.Repository, pattern, LikePattern.Escape)
                || EF.Functions.Like(row.Project.Name, pattern, LikePattern.Escape));
        }

        if (Archived is { } wanted)
        {
            rows = rows.Where(row => row.IsArchived == wanted);
        }

        Paging = Paging.Of(await rows.CountAsync(cancellationToken), number);
        Rows = await rows.OrderBy(row => row.Slug).Skip(Paging.Skip).Take(Paging.Size)
            .Select(row => new Row(row.Id, row.Slug, row.ProjectId, row.Project.Name, row.Repository, row.Branch, row.IsArchived))
            .ToListAsync(cancellationToken);
    }

    internal sealed record Row(int Id, string Slug, int ProjectId, string Project, string Repository, string Branch, bool IsArchived);
}
