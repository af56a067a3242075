using System.Security.Cryptography;
using JobServer.Data;
using JobServer.Data.Audit;
using JobServer.Data.Blobs;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Users;
using JobServer.Portal.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.SignIn;

/// <summary>Sign-ins kept on the server: ending the row, or deactivating the user, signs out at the next request.</summary>
internal sealed class SignInSessions(
    DatabaseWriter writer, IDbContextFactory<JobServerDb> contexts, AuditLog audit, IOptions<SessionOptions> options, TimeProvider timeProvider)
{
    private const int SecretBytes = 32;
    private const int PictureKeyLength = 12;
    private const int MostShown = 20;

    /// <summary>Rows of sign-ins that are over are kept so long.</summary>
    private static readonly TimeSpan KeepEnded = TimeSpan.FromDays(30);

    private static readonly TimeSpan SeenAtMostEvery = TimeSpan.FromMinutes(5);

    /// <summary>A short idle limit needs looks that are closer together.</summary>
    private readonly TimeSpan _seenEvery =
        TimeSpan.FromTicks(Math.Min(SeenAtMostEvery.Ticks, options.Value.Idle.Ticks / 4));

    /// <returns>The secret that the cookie carries; the table has only its hash.</returns>
    public Task<string> StartAsync(int userId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var now = timeProvider.GetUtcNow();
            var old = now - KeepEnded;
            await db.SignInSessions.Where(session => session.UserId == userId && (session.EndedAt < old || session.ExpiresAt < old)).ExecuteDeleteAsync(token);
            var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
            db.SignInSessions.Add(new SignInSession
            {
                Id = Digests.OfText(secret),
                UserId = userId,
                CreatedAt = now,
                LastSeenAt = now,
                ExpiresAt = now + options.Value.Absolute,
            });
            await audit.AppendAsync(db, userId, AuditAct.SignedIn, $"user:{userId}", new { }, token);
            return secret;
        },
        cancellationToken);

    /// <summary>The person of a live session; null when it ended, lapsed or the user was deactivated.</summary>
    public async Task<Person?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(secret, cancellationToken);
        var now = timeProvider.GetUtcNow();
        if (found is not null && now - found.LastSeenAt >= _seenEvery)
        {
            var id = Digests.OfText(secret);
            await writer.RunAsync(
                (db, token) => db.SignInSessions.Where(session => session.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), token),
                cancellationToken);
        }

        return found?.Person;
    }

    /// <summary>The same for a page that stays open: nobody needs to be there for it, so it does not count as use.</summary>
    public async Task<Person?> LookAsync(string secret, CancellationToken cancellationToken) =>
        (await ReadAsync(secret, cancellationToken))?.Person;

    private async Task<SeenPerson?> ReadAsync(string secret, CancellationToken cancellationToken)
    {
        var id = Digests.OfText(secret);
        var now = timeProvider.GetUtcNow();
        var idleSince = now - options.Value.Idle;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.SignInSessions.AsNoTracking()
            .Where(session => session.Id == id && session.EndedAt == null && session.ExpiresAt > now && session.LastSeenAt > idleSince && session.User.IsActive)
            .Select(session => new
            {
                session.LastSeenAt,
                session.User.Id,
                session.User.Login,
                session.User.FullName,
                session.User.PictureAddress,
                Roles = session.User.Roles.Select(role => role.Role).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new SeenPerson(found.LastSeenAt, new Person
        {
            Id = found.Id,
            Login = found.Login,
            Name = found.FullName,
            Roles = found.Roles.ToHashSet(),
            PictureKey = found.PictureAddress is { } picture ? Digests.OfText($"{found.Id} {picture}")[..PictureKeyLength] : null,
        });
    }

    /// <summary>Ends one sign-in.</summary>
    public Task EndAsync(string secret, CancellationToken cancellationToken)
    {
        var id = Digests.OfText(secret);
        DateTimeOffset? now = timeProvider.GetUtcNow();
        return writer.RunAsync(
            async (db, token) =>
            {
                var userId = await db.SignInSessions.Where(session => session.Id == id && session.EndedAt == null)
                    .Select(session => (int?)session.UserId).SingleOrDefaultAsync(token);
                if (userId is null)
                {
                    return;
                }

                await db.SignInSessions.Where(session => session.Id == id && session.EndedAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), token);
                await audit.AppendAsync(db, userId, AuditAct.SignedOut, $"user:{userId}", new { }, token);
            },
            cancellationToken);
    }

    /// <summary>Ends every sign-in of a person, whichever browser it is in.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> EndAllAsync(int userId, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = timeProvider.GetUtcNow();
        return writer.RunAsync(
            async (db, token) =>
            {
                var ended = await Live(db, userId)
                    .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), token);
                await audit.AppendAsync(db, userId, AuditAct.SignedOut, $"user:{userId}", new { everywhere = true, ended }, token);
                return ended;
            },
            cancellationToken);
    }

    /// <summary>The browsers in which a person is signed in, the one used last first.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="secret">What the browser at hand carries.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IReadOnlyList<SignedInBrowser>> ListAsync(int userId, string? secret, CancellationToken cancellationToken)
    {
        var here = secret is null ? "" : Digests.OfText(secret);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Live(db, userId).OrderByDescending(session => session.LastSeenAt).Take(MostShown)
            .Select(session => new SignedInBrowser(session.CreatedAt, session.LastSeenAt, session.ExpiresAt, session.Id == here))
            .ToListAsync(cancellationToken);
    }

    private IQueryable<SignInSession> Live(JobServerDb db, int userId)
    {
        var now = timeProvider.GetUtcNow();
        var idleSince = now - options.Value.Idle;
        return db.SignInSessions.Where(session =>
            session.UserId == userId && session.EndedAt == null && session.ExpiresAt > now && session.LastSeenAt > idleSince);
    }

    private sealed record SeenPerson(DateTimeOffset LastSeenAt, Person Person);
}
