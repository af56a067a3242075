using JobServer.Data;
using JobServer.Domain.Applications;
using JobServer.Portal.Projects;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Applications;

/// <summary>Finds the application of an address of the admin area, with what was said and decided about it.</summary>
internal sealed class ReviewReader(JobServerDb db, ApplicationReader applications)
{
    public const string EmailField = "email";

    /// <returns>Null when there is none, or it was deleted.</returns>
    public async Task<ReviewView?> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (await applications.FindAsync(context, cancellationToken) is not { DeletedAt: null } application)
        {
            return null;
        }

        var row = await db.Applications.AsNoTracking().Where(row => row.Id == application.Id)
            .Select(row => new
            {
                Applicant = new KnownPerson(row.CreatedById, row.CreatedBy.FullName, row.CreatedBy.Login, row.CreatedBy.IsActive),
                row.Governance,
                row.Technical,
                row.StatusChangedById,
                row.OverrideReason,
                Project = row.Project == null ? null : new { row.Project.Id, row.Project.Name, row.Project.Number, row.Project.Slug, row.Project.OrganisationId },
                Organisation = row.Project == null || row.Project.Organisation == null ? null : new { row.Project.Organisation.Name, row.Project.Organisation.Slug },
            })
            .SingleAsync(cancellationToken);
        var people = application.Saved.Values.Select(page => page.ReviewedById).Append(row.StatusChangedById).Append(row.Governance.ById).Append(row.Technical.ById);
        var names = await NamesAsync([.. people.OfType<int>().Distinct()], cancellationToken);
        return new ReviewView
        {
            Application = application,
            Applicant = row.Applicant,
            Governance = Decision(row.Governance, names),
            Technical = Decision(row.Technical, names),
            StatusChangedBy = row.StatusChangedById is { } by && by != row.Applicant.Id ? names.GetValueOrDefault(by, "") : "",
            OverrideReason = row.OverrideReason,
            Project = row.Project is { } project
                ? new MadeProject(
                    project.Id, project.Name, project.Number, project.OrganisationId, row.Organisation?.Name,
                    row.Organisation is { } organisation ? ProjectLinks.Page(organisation.Slug, project.Slug) : null)
                : null,
            Reviewers = names,
            Accounts = await AccountsAsync(application.Researchers, cancellationToken),
        };
    }

    private static DecisionView Decision(ReviewerDecision given, Dictionary<int, string> names) =>
        new(given, given.ById is { } by ? names.GetValueOrDefault(by, "") : "");

    private Task<Dictionary<int, string>> NamesAsync(List<int> people, CancellationToken cancellationToken) =>
        db.Users.AsNoTracking().Where(user => people.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.FullName, cancellationToken);

    /// <summary>An address that somebody wrote down is a hint at an account, and no proof.</summary>
    private async Task<Dictionary<string, KnownPerson>> AccountsAsync(IReadOnlyList<ResearcherView> researchers, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, KnownPerson>(StringComparer.OrdinalIgnoreCase);
        var addresses = researchers.Select(researcher => researcher.Answers[EmailField].ToLowerInvariant()).Where(address => address.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (addresses.Count == 0)
        {
            return known;
        }

        // The databases put letters into lower case, which no culture has a say in.
#pragma warning disable CA1304, CA1311, CA1862, MA0011
        var users = await db.Users.AsNoTracking()
            .Where(user => (user.Email != null && addresses.Contains(user.Email.ToLower())) || (user.NotificationsEmail != null && addresses.Contains(user.NotificationsEmail.ToLower())))
            .OrderByDescending(user => user.Id)
            .Select(user => new { Person = new KnownPerson(user.Id, user.FullName, user.Login, user.IsActive), user.Email, user.NotificationsEmail })
            .ToListAsync(cancellationToken);
#pragma warning restore CA1304, CA1311, CA1862, MA0011
        foreach (var user in users)
        {
            known[user.NotificationsEmail ?? ""] = user.Person;
            known[user.Email ?? ""] = user.Person;
        }

        return known;
    }
}
