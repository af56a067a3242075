using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Admin.Members;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Projects;

/// <summary>Who is in a project, as what, and whom to add.</summary>
[RequiresPermission(Permission.ViewAdminLists)]
internal sealed class MembersModel(JobServerDb db, MemberLists lists) : PageModel
{
    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    public MemberList List { get; private set; } = MemberList.None;

    /// <summary>Names of the roles of each member of the list, by the person's number.</summary>
    public IReadOnlyDictionary<int, string> Roles { get; private set; } = new Dictionary<int, string>();

    public async Task<IActionResult> OnGetAsync(int id, string? q, [FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        if (await db.Projects.AsNoTracking().Where(row => row.Id == id).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken) is not { } name)
        {
            return NotFound();
        }

        (Id, Name) = (id, name);
        List = await lists.ReadAsync(
            db.Users.AsNoTracking().Where(user => db.ProjectMemberships.Any(row => row.ProjectId == id && row.UserId == user.Id)), q, number, cancellationToken);
        var listed = List.Rows.Select(row => row.UserId).ToList();
        var held = await db.ProjectMemberships.AsNoTracking().Where(row => row.ProjectId == id && listed.Contains(row.UserId))
            .Select(row => new { row.UserId, Roles = row.Roles.Select(role => role.Role).ToList() })
            .ToListAsync(cancellationToken);
        var names = held.ToDictionary(row => row.UserId, row => string.Join(", ", row.Roles.Order().Select(role => role.Name())));
        Roles = listed.ToDictionary(user => user, user => names.GetValueOrDefault(user, ""));
        return Page();
    }
}
