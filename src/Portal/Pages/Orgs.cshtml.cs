using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages;

/// <summary>All organisations of the site.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class OrgsModel(JobServerDb db) : PageModel
{
    private const int Most = 500;

    public IReadOnlyList<Row> Organisations { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var me = HttpContext.Person()?.Id;
        Organisations = await db.Organisations.AsNoTracking()
            .OrderByDescending(organisation => organisation.Memberships.Any(member => member.UserId == me))
            .ThenBy(organisation => organisation.Name)
            .Take(Most)
            .Select(organisation => new Row(
                organisation.Name, organisation.Slug, organisation.Description, organisation.Projects.Count,
                organisation.Memberships.Any(member => member.UserId == me)))
            .ToListAsync(cancellationToken);
    }

    internal sealed record Row(string Name, string Slug, string Description, int Projects, bool IsMine);
}
