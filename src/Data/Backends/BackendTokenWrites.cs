using System.Security.Cryptography;
using JobServer.Data.Audit;
using JobServer.Data.Blobs;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Backends;

/// <summary>Makes, rotates and revokes the tokens of agents. A row keeps a digest; the text leaves here once.</summary>
public sealed class BackendTokenWrites(DatabaseWriter writer, AuditLog audit, IDatabaseClock clock)
{
    private const int SecretBytes = 32;

    /// <returns>Null when there is no such backend.</returns>
    public async Task<NewToken?> CreateAsync(int backendId, string label, int personId, CancellationToken cancellationToken)
    {
        var secret = NewSecret();
        var made = await writer.RunAsync(
            async (db, token) =>
            {
                if (!await db.Backends.AnyAsync(backend => backend.Id == backendId, token))
                {
                    return false;
                }

                await AddAsync(db, backendId, label, secret, personId, replaces: null, token);
                return true;
            },
            cancellationToken);
        return made ? new NewToken(secret, label) : null;
    }

    /// <summary>Makes a token of the same label, and lets the former one end.</summary>
    /// <param name="backendId">Whose token it is.</param>
    /// <param name="tokenId">The token that is replaced.</param>
    /// <param name="overlap">How long the former one still works; zero revokes it at once. It never gains time by this.</param>
    /// <param name="personId">Who asks.</param>
    /// <param name="cancellationToken">Nothing half is written.</param>
    /// <returns>Null when the former token has ended meanwhile, or is another backend's.</returns>
    public async Task<NewToken?> RotateAsync(int backendId, int tokenId, TimeSpan overlap, int personId, CancellationToken cancellationToken)
    {
        var secret = NewSecret();
        var label = await writer.RunAsync(
            async (db, token) =>
            {
                var now = await clock.NowAsync(token);
                DateTimeOffset? end = now + overlap;
                var live = db.BackendTokens
                    .Where(row => row.Id == tokenId && row.BackendId == backendId && row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now));
                if (await live.AsNoTracking().Select(row => new { row.Label }).SingleOrDefaultAsync(token) is not { } former)
                {
                    return null;
                }

                var ended = overlap == TimeSpan.Zero
                    ? await RevokeAsync(live, now, personId, token)
                    : await live.ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.ExpiresAt, row => row.ExpiresAt != null && row.ExpiresAt < end ? row.ExpiresAt : end), token);
                if (ended != 1)
                {
                    return null;
                }

                await AddAsync(db, backendId, former.Label, secret, personId, tokenId, token);
                if (overlap == TimeSpan.Zero)
                {
                    await TellRevokedAsync(db, backendId, tokenId, personId, token);
                }

                return former.Label;
            },
            cancellationToken);
        return label is null ? null : new NewToken(secret, label);
    }

    /// <returns>False when it was revoked already, or is another backend's.</returns>
    public Task<bool> RevokeAsync(int backendId, int tokenId, int personId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var now = await clock.NowAsync(token);
            var row = db.BackendTokens.Where(row => row.Id == tokenId && row.BackendId == backendId && row.RevokedAt == null);
            if (await RevokeAsync(row, now, personId, token) != 1)
            {
                return false;
            }

            await TellRevokedAsync(db, backendId, tokenId, personId, token);
            return true;
        },
        cancellationToken);

    private async Task AddAsync(
        JobServerDb db, int backendId, string label, string secret, int personId, int? replaces, CancellationToken cancellationToken)
    {
        var row = new BackendToken
        {
            BackendId = backendId,
            Hash = Digests.OfText(secret),
            Label = label,
            Ending = secret[^BackendToken.EndingLength..],
            CreatedAt = await clock.NowAsync(cancellationToken),
            CreatedById = personId,
        };
        db.BackendTokens.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(
            db, personId, AuditAct.TokenCreated, $"backend:{backendId}", new { token = row.Id, label, ending = row.Ending, replaces }, cancellationToken);
    }

    private Task TellRevokedAsync(JobServerDb db, int backendId, int tokenId, int personId, CancellationToken cancellationToken) =>
        audit.AppendAsync(db, personId, AuditAct.TokenRevoked, $"backend:{backendId}", new { token = tokenId }, cancellationToken);

    private static Task<int> RevokeAsync(IQueryable<BackendToken> rows, DateTimeOffset now, int personId, CancellationToken cancellationToken) =>
        rows.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.RevokedAt, (DateTimeOffset?)now).SetProperty(row => row.RevokedById, (int?)personId), cancellationToken);

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
}
