using JobServer.Data.Users;
using JobServer.Domain.Organisations;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Organisations;

/// <summary>Who belongs to an organisation: adds and removes people, each with its line in the audit log.</summary>
public sealed class OrganisationMemberWrites(Belonging belonging, TimeProvider timeProvider)
{
    /// <returns>False when the person belongs to it already, or one of both is not there.</returns>
    public Task<bool> AddAsync(int organisationId, int userId, int personId, CancellationToken cancellationToken) => belonging.AddAsync(
        $"organisation:{organisationId}", userId, personId,
        (db, token) => db.OrganisationMemberships.AnyAsync(row => row.OrganisationId == organisationId && row.UserId == userId, token),
        async (db, token) =>
        {
            if (!await db.Organisations.AnyAsync(row => row.Id == organisationId, token))
            {
                return false;
            }

            db.OrganisationMemberships.Add(new OrganisationMembership
            {
                OrganisationId = organisationId,
                UserId = userId,
                CreatedAt = timeProvider.GetUtcNow(),
                CreatedById = personId,
            });
            return true;
        },
        cancellationToken);

    /// <returns>False when the person does not belong to it any more.</returns>
    public Task<bool> RemoveAsync(int organisationId, int userId, int personId, CancellationToken cancellationToken) => belonging.RemoveAsync(
        $"organisation:{organisationId}", userId, personId,
        (db, token) => db.OrganisationMemberships.Where(row => row.OrganisationId == organisationId && row.UserId == userId).ExecuteDeleteAsync(token),
        cancellationToken);
}
