using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages;

/// <summary>The projects of an organisation.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class OrganisationModel(JobServerDb db) : PageModel
{
    private const int Most = 500;

    public OrganisationView Organisation => HttpContext.Organisation();

    public string Description { get; private set; } = "";

    public bool IsMember { get; private set; }

    public IReadOnlyList<Row> Projects { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var id = Organisation.Id;
        var me = HttpContext.Person()?.Id;
        var more = await db.Organisations.AsNoTracking().Where(organisation => organisation.Id == id)
            .Select(organisation => new { organisation.Description, IsMember = organisation.Memberships.Any(member => member.UserId == me) })
            .SingleAsync(cancellationToken);
        (Description, IsMember) = (more.Description, more.IsMember);
        Projects = await db.Projects.AsNoTracking().Where(project => project.OrganisationId == id)
            .OrderByDescending(project => project.Memberships.Any(member => member.UserId == me))
            .ThenBy(project => project.Name)
            .Take(Most)
            .Select(project => new Row(
                project.Name, project.Slug, project.Number, project.Workspaces.Count(workspace => !workspace.IsArchived),
                project.Memberships.Any(member => member.UserId == me)))
            .ToListAsync(cancellationToken);
    }

    internal sealed record Row(string Name, string Slug, string? Number, int ActiveWorkspaces, bool IsMine);
}
