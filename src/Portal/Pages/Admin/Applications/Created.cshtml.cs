using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Applications;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Applications;

/// <summary>What an approval made, and what is left to do before its applicant can run jobs.</summary>
[RequiresPermission(Permission.DecideApplications)]
internal sealed class CreatedModel(JobServerDb db, ReviewReader reviews) : PageModel
{
    public ReviewView Current { get; private set; } = null!;

    public MadeProject Made => Current.Project!;

    /// <summary>Names of the roles that the applicant has in the project now; null when they are no member any more.</summary>
    public IReadOnlyList<string>? ApplicantRoles { get; private set; }

    public bool IsInOrganisation { get; private set; }

    /// <summary>Names of the backends that the applicant belongs to.</summary>
    public IReadOnlyList<string> Backends { get; private set; } = [];

    public bool IsReady => Made.OrganisationId is not null && IsInOrganisation && Backends.Count > 0;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await reviews.FindAsync(HttpContext, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        if (found.Project is not { } made)
        {
            return LocalRedirect(AdminLinks.Application(found.Application.PublicId));
        }

        Current = found;
        var applicant = found.Applicant.Id;
        var memberships = await db.ProjectMemberships.AsNoTracking().Where(member => member.ProjectId == made.Id && member.UserId == applicant)
            .Select(member => new { Roles = member.Roles.Select(role => role.Role).ToList() })
            .ToListAsync(cancellationToken);
        ApplicantRoles = memberships is [var membership] ? [.. membership.Roles.Order().Select(role => role.Name())] : null;
        IsInOrganisation = made.OrganisationId is { } organisation
            && await db.OrganisationMemberships.AnyAsync(member => member.OrganisationId == organisation && member.UserId == applicant, cancellationToken);
        Backends = await db.BackendMemberships.AsNoTracking().Where(member => member.UserId == applicant)
            .OrderBy(member => member.Backend.Name)
            .Select(member => member.Backend.Name)
            .ToListAsync(cancellationToken);
        return Page();
    }
}
