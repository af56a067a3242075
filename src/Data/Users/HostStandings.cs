using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Users;

/// <summary>Whether the code host still knows a person, as it is found out. Nobody but the host decides it, so the audit log names no actor.</summary>
public sealed class HostStandings(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    /// <summary>The host knows the account no more: every sign-in of the person ends. Roles stay, and admins are shown that they do.</summary>
    /// <returns>False when it was known already.</returns>
    public Task<bool> LeftAsync(int userId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            DateTimeOffset? now = timeProvider.GetUtcNow();
            var left = await db.Users.Where(user => user.Id == userId && user.GoneFromHostAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(user => user.GoneFromHostAt, now).SetProperty(user => user.Revision, user => user.Revision + 1), token) == 1;
            if (left)
            {
                var ended = await db.SignInSessions.Where(session => session.UserId == userId && session.EndedAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), token);
                await audit.AppendAsync(db, actorId: null, AuditAct.AccountGone, $"user:{userId}", new { endedSessions = ended }, token);
            }

            return left;
        },
        cancellationToken);

    /// <summary>The host knows the account again, in the caller's unit of work.</summary>
    public async Task ReturnedAsync(JobServerDb db, int userId, CancellationToken cancellationToken)
    {
        if (await db.Users.Where(user => user.Id == userId && user.GoneFromHostAt != null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(user => user.GoneFromHostAt, (DateTimeOffset?)null).SetProperty(user => user.Revision, user => user.Revision + 1), cancellationToken) == 1)
        {
            await audit.AppendAsync(db, actorId: null, AuditAct.AccountReturned, $"user:{userId}", new { }, cancellationToken);
        }
    }
}
