using System.Security.Cryptography;
using JobServer.Data;
using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Users;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Users;

/// <summary>Tokens that people keep here: encrypted, bound to their owner, shown to nobody again.</summary>
internal sealed class StoredTokens(
    DatabaseWriter writer, IDbContextFactory<JobServerDb> contexts, AuditLog audit, IDataProtectionProvider protection, StoredTokenUses uses,
    TimeProvider time, ILogger<StoredTokens> logger)
{
    /// <summary>Keeps a token; it replaces one that is there.</summary>
    public Task SaveAsync(int userId, string token, DateTimeOffset? expiresAt, CancellationToken cancellation)
    {
        var sealedText = Protector(userId).Protect(token);
        var now = time.GetUtcNow();
        return writer.RunAsync(
            async (db, stop) =>
            {
                var row = await db.StoredTokens.SingleOrDefaultAsync(stored => stored.UserId == userId, stop);
                var replaced = row is not null;
                if (row is null)
                {
                    row = new StoredToken { UserId = userId, Protected = sealedText };
                    db.StoredTokens.Add(row);
                }

                row.Protected = sealedText;
                row.CreatedAt = now;
                row.LastUsedAt = null;
                row.ExpiresAt = expiresAt;
                row.RefusedAt = null;
                await db.SaveChangesAsync(stop);
                await audit.AppendAsync(db, userId, AuditAct.TokenCreated, $"user:{userId}", new { kind = "stored", replaced, expiresAt }, stop);
            },
            cancellation);
    }

    /// <returns>False when there was none.</returns>
    public Task<bool> DeleteAsync(int userId, CancellationToken cancellation) => writer.RunAsync(
        async (db, stop) =>
        {
            if (await db.StoredTokens.Where(stored => stored.UserId == userId).ExecuteDeleteAsync(stop) == 0)
            {
                return false;
            }

            await audit.AppendAsync(db, userId, AuditAct.TokenRevoked, $"user:{userId}", new { kind = "stored" }, stop);
            return true;
        },
        cancellation);

    /// <summary>For pages; null when there is none.</summary>
    public async Task<StoredTokenView?> ViewAsync(int userId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.StoredTokens.AsNoTracking().Where(stored => stored.UserId == userId)
            .Select(stored => new StoredTokenView(stored.CreatedAt, stored.LastUsedAt, stored.ExpiresAt, stored.RefusedAt))
            .SingleOrDefaultAsync(cancellation);
    }

    /// <summary>The token itself, for one call to GitHub; null when there is none that GitHub would take.</summary>
    public async Task<string?> ReadAsync(int userId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var sealedText = await db.StoredTokens.AsNoTracking()
            .Where(stored => stored.UserId == userId && stored.RefusedAt == null && (stored.ExpiresAt == null || stored.ExpiresAt > now))
            .Select(stored => stored.Protected)
            .SingleOrDefaultAsync(cancellation);
        if (sealedText is null)
        {
            return null;
        }

        try
        {
            var token = Protector(userId).Unprotect(sealedText);
            uses.Watch(token, userId, sealedText);
            return token;
        }
        catch (CryptographicException)
        {
            // The keys are gone: as good as no token. The person can enter it again.
            UsersLog.TokenUnreadable(logger, userId);
            return null;
        }
    }

    /// <summary>Bound to the person: a row that was copied to another account opens nothing there.</summary>
    private IDataProtector Protector(int userId) => protection.CreateProtector("JobServer.StoredToken", $"user:{userId}");
}
