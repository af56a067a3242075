using JobServer.Data.Users;
using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Backends;

/// <summary>Who may run jobs at a backend: adds and removes people, each with its line in the audit log.</summary>
public sealed class BackendMemberWrites(Belonging belonging, TimeProvider timeProvider)
{
    /// <returns>False when the person belongs to it already, or one of both is not there.</returns>
    public Task<bool> AddAsync(int backendId, int userId, int personId, CancellationToken cancellationToken) => belonging.AddAsync(
        $"backend:{backendId}", userId, personId,
        (db, token) => db.BackendMemberships.AnyAsync(row => row.BackendId == backendId && row.UserId == userId, token),
        async (db, token) =>
        {
            if (!await db.Backends.AnyAsync(row => row.Id == backendId, token))
            {
                return false;
            }

            db.BackendMemberships.Add(new BackendMembership
            {
                BackendId = backendId,
                UserId = userId,
                CreatedAt = timeProvider.GetUtcNow(),
                CreatedById = personId,
            });
            return true;
        },
        cancellationToken);

    /// <returns>False when the person does not belong to it any more.</returns>
    public Task<bool> RemoveAsync(int backendId, int userId, int personId, CancellationToken cancellationToken) => belonging.RemoveAsync(
        $"backend:{backendId}", userId, personId,
        (db, token) => db.BackendMemberships.Where(row => row.BackendId == backendId && row.UserId == userId).ExecuteDeleteAsync(token),
        cancellationToken);
}
