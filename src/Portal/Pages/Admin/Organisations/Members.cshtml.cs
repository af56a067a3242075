using JobServer.Data;
using JobServer.Data.Organisations;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Admin.Members;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Organisations;

/// <summary>Who belongs to an organisation.</summary>
[RequiresPermission(Permission.ViewAdminLists)]
internal sealed class MembersModel(JobServerDb db, MemberLists lists, OrganisationMemberWrites members) : MembersPage(lists)
{
    public async Task<IActionResult> OnGetAsync(int id, string? q, [FromQuery(Name = "page")] int number, CancellationToken cancellationToken) => await ShowAsync(
        id, await db.Organisations.AsNoTracking().Where(row => row.Id == id).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken),
        db.Users.AsNoTracking().Where(user => db.OrganisationMemberships.Any(row => row.OrganisationId == id && row.UserId == user.Id)), q, number, cancellationToken);

    public async Task<IActionResult> OnPostAddAsync(int id, int user, CancellationToken cancellationToken) =>
        HttpContext.Refusal(Permission.AddPeopleToOrganisations) ?? Tell(
            await members.AddAsync(id, user, HttpContext.Person()!.Id, cancellationToken),
            "The person belongs to the organisation now.", "belongs to it already, or is not there any more", AdminLinks.OrganisationMembers(id));

    public async Task<IActionResult> OnPostRemoveAsync(int id, int user, CancellationToken cancellationToken) =>
        HttpContext.Refusal(Permission.ManageOrganisations) ?? Tell(
            await members.RemoveAsync(id, user, HttpContext.Person()!.Id, cancellationToken),
            "The person does not belong to the organisation any more.", "was removed meanwhile", AdminLinks.OrganisationMembers(id));
}
