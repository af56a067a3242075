using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Projects;

/// <summary>What stands in the way of a project's place and number: each belongs to one project.</summary>
internal static class ProjectCollisions
{
    /// <param name="db">The context of the unit of work that writes the project.</param>
    /// <param name="organisationId">Where it shall be; null for no organisation.</param>
    /// <param name="slug">Its name in addresses there.</param>
    /// <param name="number">Null for none.</param>
    /// <param name="except">The project itself; null when it is new.</param>
    /// <param name="cancellationToken">Gives the look up.</param>
    /// <returns>Null when nothing does.</returns>
    public static async Task<ProjectOutcome?> FindAsync(
        JobServerDb db, int? organisationId, string slug, string? number, int? except, CancellationToken cancellationToken)
    {
        if (organisationId is { } organisation)
        {
            if (!await db.Organisations.AnyAsync(row => row.Id == organisation, cancellationToken))
            {
                return ProjectOutcome.OrganisationGone;
            }

            if (await db.Projects.AnyAsync(row => row.Id != except && row.OrganisationId == organisation && row.Slug == slug, cancellationToken))
            {
                return ProjectOutcome.AddressTaken;
            }
        }

        return number is not null && await db.Projects.AnyAsync(row => row.Id != except && row.Number == number, cancellationToken)
            ? ProjectOutcome.NumberTaken
            : null;
    }
}
