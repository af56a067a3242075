using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Backends;

/// <summary>Who may run jobs at a backend: adds and removes people, each with its line in the audit log.</summary>
public sealed class BackendMemberWrites(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    /// <returns>False when the person belongs to it already, or one of both is not there.</returns>
    public async Task<bool> AddAsync(int backendId, int userId, int personId, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunAsync(
                async (db, token) =>
                {
                    if (await IsMemberAsync(db, backendId, userId, token)
                        || !await db.Backends.AnyAsync(row => row.Id == backendId, token)
                        || !await db.Users.AnyAsync(row => row.Id == userId && row.IsActive, token))
                    {
                        return false;
                    }

                    db.BackendMemberships.Add(
                        new BackendMembership { BackendId = backendId, UserId = userId, CreatedAt = timeProvider.GetUtcNow(), CreatedById = personId });
                    await audit.AppendAsync(db, personId, AuditAct.MembershipChanged, $"backend:{backendId}", new { userId, added = true }, token);
                    return true;
                },
                cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Two added the same person at once: the second has nothing to add.
            if (await writer.RunAsync((db, token) => IsMemberAsync(db, backendId, userId, token), cancellationToken))
            {
                return false;
            }

            throw;
        }
    }

    /// <returns>False when the person does not belong to it any more.</returns>
    public Task<bool> RemoveAsync(int backendId, int userId, int personId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (await db.BackendMemberships.Where(row => row.BackendId == backendId && row.UserId == userId).ExecuteDeleteAsync(token) != 1)
            {
                return false;
            }

            await audit.AppendAsync(db, personId, AuditAct.MembershipChanged, $"backend:{backendId}", new { userId, removed = true }, token);
            return true;
        },
        cancellationToken);

    private static Task<bool> IsMemberAsync(JobServerDb db, int backendId, int userId, CancellationToken cancellationToken) =>
        db.BackendMemberships.AnyAsync(row => row.BackendId == backendId && row.UserId == userId, cancellationToken);
}
