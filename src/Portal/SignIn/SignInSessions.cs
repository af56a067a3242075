using System.Security.Cryptography;
using JobServer.Data;
using JobServer.Data.Audit;
using JobServer.Data.Blobs;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Users;
using JobServer.Portal.Access;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.SignIn;

/// <summary>Sign-ins kept on the server: ending the row, or deactivating the user, signs out at the next request.</summary>
internal sealed class SignInSessions(DatabaseWriter writer, IDbContextFactory<JobServerDb> contexts, AuditLog audit, TimeProvider timeProvider)
{
    private const int SecretBytes = 32;
    private static readonly TimeSpan Absolute = TimeSpan.FromDays(14);
    private static readonly TimeSpan Idle = TimeSpan.FromDays(2);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    /// <returns>The secret that the cookie carries; the table has only its hash.</returns>
    public Task<string> StartAsync(int userId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var now = timeProvider.GetUtcNow();
            var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
            db.SignInSessions.Add(new SignInSession
            {
                Id = Digests.OfText(secret),
                UserId = userId,
                CreatedAt = now,
                LastSeenAt = now,
                ExpiresAt = now + Absolute,
            });
            await audit.AppendAsync(db, userId, AuditAct.SignedIn, $"user:{userId}", new { }, token);
            return secret;
        },
        cancellationToken);

    /// <summary>The person of a live session; null when it ended, lapsed or the user was deactivated.</summary>
    public async Task<Person?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var id = Digests.OfText(secret);
        var now = timeProvider.GetUtcNow();
        var idleSince = now - Idle;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.SignInSessions.AsNoTracking()
            .Where(session => session.Id == id && session.EndedAt == null && session.ExpiresAt > now && session.LastSeenAt > idleSince && session.User.IsActive)
            .Select(session => new
            {
                session.LastSeenAt,
                session.User.Id,
                session.User.Login,
                session.User.FullName,
                Roles = session.User.Roles.Select(role => role.Role).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        if (now - found.LastSeenAt >= SeenEvery)
        {
            await writer.RunAsync(
                (db, token) => db.SignInSessions.Where(session => session.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), token),
                cancellationToken);
        }

        return new Person { Id = found.Id, Login = found.Login, Name = found.FullName, Roles = found.Roles.ToHashSet() };
    }

    public Task EndAsync(string secret, CancellationToken cancellationToken)
    {
        var id = Digests.OfText(secret);
        DateTimeOffset? now = timeProvider.GetUtcNow();
        return writer.RunAsync(
            (db, token) => db.SignInSessions.Where(session => session.Id == id && session.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), token),
            cancellationToken);
    }
}
