using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Users;

/// <summary>The act of adding one person to something, or removing them from it, with its line in the audit log.</summary>
public sealed class Belonging(DatabaseWriter writer, AuditLog audit)
{
    /// <param name="subject">What they belong to, as the audit log names it.</param>
    /// <param name="userId">Who shall belong to it; they must be able to sign in.</param>
    /// <param name="personId">Who adds them.</param>
    /// <param name="isMember">Whether they belong to it.</param>
    /// <param name="add">Adds the row; false when what they shall belong to is not there.</param>
    /// <param name="cancellationToken">Gives the change up.</param>
    /// <returns>False when the person belongs to it already, or one of both is not there.</returns>
    public async Task<bool> AddAsync(
        string subject, int userId, int personId, Func<JobServerDb, CancellationToken, Task<bool>> isMember,
        Func<JobServerDb, CancellationToken, Task<bool>> add, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunAsync(
                async (db, token) =>
                {
                    if (await isMember(db, token) || !await db.Users.AnyAsync(row => row.Id == userId && row.IsActive, token) || !await add(db, token))
                    {
                        return false;
                    }

                    await audit.AppendAsync(db, personId, AuditAct.MembershipChanged, subject, new { userId, added = true }, token);
                    return true;
                },
                cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Two added the same person at once: the second has nothing to add.
            if (await writer.RunAsync(isMember, cancellationToken))
            {
                return false;
            }

            throw;
        }
    }

    /// <param name="subject">What they belong to, as the audit log names it.</param>
    /// <param name="userId">Who shall not belong to it any more.</param>
    /// <param name="personId">Who removes them.</param>
    /// <param name="remove">Deletes the row, and says how many there were.</param>
    /// <param name="cancellationToken">Gives the change up.</param>
    /// <returns>False when the person does not belong to it any more.</returns>
    public Task<bool> RemoveAsync(
        string subject, int userId, int personId, Func<JobServerDb, CancellationToken, Task<int>> remove, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (await remove(db, token) != 1)
            {
                return false;
            }

            await audit.AppendAsync(db, personId, AuditAct.MembershipChanged, subject, new { userId, removed = true }, token);
            return true;
        },
        cancellationToken);
}
