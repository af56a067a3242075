using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Organisations;

[RequiresPermission(Permission.ViewAdminLists)]
internal sealed class IndexModel(JobServerDb db) : PageModel
{
    public string Search { get; private set; } = "";

    public Paging Paging { get; private set; } = Paging.None;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(string? q, [FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        Search = SearchText.Of(q);
        var rows = db.Organisations.AsNoTracking();
        if (Search.Length > 0)
        {
            var pattern = LikePattern.Containing(Search);
            rows = rows.Where(row => EF.Functions.Like(row.Name, pattern, LikePattern.Escape) || EF.Functions.Like(row.Slug, pattern, LikePattern.Escape));
        }

        Paging = Paging.Of(await rows.CountAsync(cancellationToken), number);
        Rows = await rows.OrderBy(row => row.Name).ThenBy(row => row.Id).Skip(Paging.Skip).Take(Paging.Size)
            .Select(row => new Row(row.Id, row.Name, row.Slug, row.Projects.Count, row.Memberships.Count))
            .ToListAsync(cancellationToken);
    }

    internal sealed record Row(int Id, string Name, string Slug, int Projects, int People);
}
