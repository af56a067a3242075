using System.Security.Cryptography;
using System.Text;
using JobServer.Data.Audit;
using JobServer.Data.Blobs;
using JobServer.Data.Users;
using JobServer.Data.Writing;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Domain.Site;
using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Site;

/// <summary>How a service without anybody in charge gets its first Core Developer: once, by a code or by a setting.</summary>
public sealed class SiteSetUp(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    /// <summary>Long enough to sign in for the first time; after it the Portal is started again for another.</summary>
    public static readonly TimeSpan CodeHolds = TimeSpan.FromHours(1);

    /// <summary>Puts a code in place of the one before, where nobody is in charge yet.</summary>
    /// <param name="code">Secret, with at least 80 bits of chance; only its hash is kept.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>False when the service is set up, and the code opens nothing.</returns>
    public Task<bool> OfferAsync(string code, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            await CoreDevelopers.LockAsync(db, token);
            var state = await db.SiteStates.SingleAsync(row => row.Id == SiteState.TheId, token);
            if (state.SetUpAt is not null)
            {
                return false;
            }

            if (await CoreDevelopers.AnyAsync(db, token))
            {
                // From a version before this: nobody is to be made an admin by a code or a setting later.
                (state.SetUpAt, state.SetUpCodeHash, state.SetUpCodeMadeAt) = (timeProvider.GetUtcNow(), null, null);
                return false;
            }

            (state.SetUpCodeHash, state.SetUpCodeMadeAt) = (Digests.OfText(code), timeProvider.GetUtcNow());
            return true;
        },
        cancellationToken);

    /// <summary>Makes the bearer of the code the first Core Developer.</summary>
    /// <returns>False when the code is wrong, too old or used, or the service is set up.</returns>
    public Task<bool> UseCodeAsync(int userId, string code, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            await CoreDevelopers.LockAsync(db, token);
            var state = await db.SiteStates.AsNoTracking().SingleAsync(row => row.Id == SiteState.TheId, token);
            var isRight = state is { SetUpAt: null, SetUpCodeHash: { } hash, SetUpCodeMadeAt: { } madeAt }
                && timeProvider.GetUtcNow() - madeAt <= CodeHolds
                && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Digests.OfText(code)));
            return isRight && await TakeOverAsync(db, userId, "code", token);
        },
        cancellationToken);

    /// <summary>Makes a person the first Core Developer because a setting names them, in the unit of work that signs them in.</summary>
    /// <returns>False when the service is set up: the setting is never applied again.</returns>
    public async Task<bool> UseSettingAsync(JobServerDb db, int userId, CancellationToken cancellationToken)
    {
        await CoreDevelopers.LockAsync(db, cancellationToken);
        return await TakeOverAsync(db, userId, "setting", cancellationToken);
    }

    private async Task<bool> TakeOverAsync(JobServerDb db, int userId, string by, CancellationToken cancellationToken)
    {
        if (await CoreDevelopers.AnyAsync(db, cancellationToken) || !await db.Users.AnyAsync(user => user.Id == userId && user.IsActive, cancellationToken))
        {
            return false;
        }

        DateTimeOffset? now = timeProvider.GetUtcNow();
        var isFirst = await db.SiteStates.Where(row => row.Id == SiteState.TheId && row.SetUpAt == null)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.SetUpAt, now)
                    .SetProperty(row => row.SetUpCodeHash, (string?)null)
                    .SetProperty(row => row.SetUpCodeMadeAt, (DateTimeOffset?)null)
                    .SetProperty(row => row.Revision, row => row.Revision + 1),
                cancellationToken) == 1;
        if (!isFirst)
        {
            return false;
        }

        db.Add(new UserRole { UserId = userId, Role = Role.CoreDeveloper, GrantedAt = now.Value });
        await audit.AppendAsync(db, userId, AuditAct.ServiceSetUp, $"user:{userId}", new { by }, cancellationToken);
        return true;
    }
}
