using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Users;

/// <summary>Shuts people out, and lets them in again. What they ran and what they hold stays.</summary>
public sealed class Deactivations(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    /// <summary>Ends every sign-in of the person and deletes their stored token, all in one transaction.</summary>
    public Task<UserOutcome> DeactivateAsync(UserEdit edit, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (edit.UserId == edit.PersonId)
            {
                return UserOutcome.Self;
            }

            await CoreDevelopers.LockAsync(db, token);
            if (await CoreDevelopers.IsLastAsync(db, edit.UserId, token))
            {
                return UserOutcome.LastCoreDeveloper;
            }

            DateTimeOffset? now = timeProvider.GetUtcNow();
            int? by = edit.PersonId;
            var changed = await db.Users.Where(user => user.Id == edit.UserId && user.Revision == edit.Revision && user.IsActive)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(user => user.IsActive, false)
                        .SetProperty(user => user.DeactivatedAt, now)
                        .SetProperty(user => user.DeactivatedById, by)
                        .SetProperty(user => user.UnverifiedEmail, (string?)null)
                        .SetProperty(user => user.Revision, user => user.Revision + 1),
                    token);
            if (changed != 1)
            {
                return UserOutcome.ChangedMeanwhile;
            }

            var ended = await db.SignInSessions.Where(session => session.UserId == edit.UserId && session.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), token);
            var tokens = await db.StoredTokens.Where(row => row.UserId == edit.UserId).ExecuteDeleteAsync(token);
            await audit.AppendAsync(
                db, edit.PersonId, AuditAct.UserDeactivated, $"user:{edit.UserId}", new { endedSessions = ended, deletedTokens = tokens }, token);
            return UserOutcome.Changed;
        },
        cancellationToken);

    public Task<UserOutcome> ReactivateAsync(UserEdit edit, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var changed = await db.Users.Where(user => user.Id == edit.UserId && user.Revision == edit.Revision && !user.IsActive)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(user => user.IsActive, true)
                        .SetProperty(user => user.DeactivatedAt, (DateTimeOffset?)null)
                        .SetProperty(user => user.DeactivatedById, (int?)null)
                        .SetProperty(user => user.Revision, user => user.Revision + 1),
                    token);
            if (changed != 1)
            {
                return UserOutcome.ChangedMeanwhile;
            }

            await audit.AppendAsync(db, edit.PersonId, AuditAct.UserReactivated, $"user:{edit.UserId}", new { }, token);
            return UserOutcome.Changed;
        },
        cancellationToken);
}
