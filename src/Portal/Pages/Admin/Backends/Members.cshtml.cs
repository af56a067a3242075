using JobServer.Data;
using JobServer.Data.Backends;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Admin.Members;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Backends;

/// <summary>Who may run jobs at a backend.</summary>
[RequiresPermission(Permission.ViewAdminLists)]
internal sealed class MembersModel(JobServerDb db, MemberLists lists, BackendMemberWrites members) : MembersPage(lists)
{
    public async Task<IActionResult> OnGetAsync(int id, string? q, [FromQuery(Name = "page")] int number, CancellationToken cancellationToken) => await ShowAsync(
        id, await db.Backends.AsNoTracking().Where(row => row.Id == id).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken),
        db.Users.AsNoTracking().Where(user => db.BackendMemberships.Any(row => row.BackendId == id && row.UserId == user.Id)), q, number, cancellationToken);

    public async Task<IActionResult> OnPostAddAsync(int id, int user, CancellationToken cancellationToken) =>
        HttpContext.Refusal(Permission.AddPeopleToBackends) ?? Tell(
            await members.AddAsync(id, user, HttpContext.Person()!.Id, cancellationToken),
            "The person may run jobs here now, with the role for it in a project.", "belongs to it already, or is not there any more", AdminLinks.BackendMembers(id));

    public async Task<IActionResult> OnPostRemoveAsync(int id, int user, CancellationToken cancellationToken) =>
        HttpContext.Refusal(Permission.ManageBackends) ?? Tell(
            await members.RemoveAsync(id, user, HttpContext.Person()!.Id, cancellationToken),
            "The person can start no more jobs here.", "was removed meanwhile", AdminLinks.BackendMembers(id));
}
