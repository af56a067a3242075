using System.Collections.Concurrent;
using System.Net;
using JobServer.Data.Blobs;
using JobServer.Data.Writing;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Users;

/// <summary>
/// Writes down what GitHub says of stored tokens with each answer: that one was used, when it ends, that it is refused.
/// Knows tokens by their digest.
/// </summary>
internal sealed class StoredTokenUses(DatabaseWriter writer, TimeProvider time, ILogger<StoredTokenUses> logger)
{
    private const int Most = 10_000;
    private static readonly TimeSpan MarkEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Use> _uses = new(StringComparer.Ordinal);

    /// <summary>From now on, answers to this token are about this row.</summary>
    /// <param name="token">What is sent to GitHub.</param>
    /// <param name="userId">Whose it is.</param>
    /// <param name="sealedText">The row's text: a token that was replaced must not mark its successor.</param>
    public void Watch(string token, int userId, string sealedText)
    {
        if (_uses.Count >= Most)
        {
            // Whoever is still at work is watched again at the next call.
            _uses.Clear();
        }

        var digest = Digests.OfText(token);
        if (!_uses.TryGetValue(digest, out var known) || known.UserId != userId || known.SealedText != sealedText)
        {
            _uses[digest] = new Use(userId, sealedText, MarkedAt: null, ExpiresAt: null);
        }
    }

    /// <summary>Says what GitHub answered; nothing happens for tokens that nobody keeps. Never fails.</summary>
    public async Task SeenAsync(string token, HttpStatusCode status, DateTimeOffset? expiresAt)
    {
        var digest = Digests.OfText(token);
        if (!_uses.TryGetValue(digest, out var use))
        {
            return;
        }

        var now = time.GetUtcNow();
        var isRefused = status == HttpStatusCode.Unauthorized;
        var isNews = isRefused || (expiresAt is not null && expiresAt != use.ExpiresAt);
        if (!isNews && use.MarkedAt is { } marked && now - marked < MarkEvery)
        {
            return;
        }

        // Of several answers at once, one writes.
        if (!_uses.TryUpdate(digest, use with { MarkedAt = now, ExpiresAt = expiresAt ?? use.ExpiresAt }, use))
        {
            return;
        }

        await MarkAsync(use, now, expiresAt, isRefused);
    }

    private async Task MarkAsync(Use use, DateTimeOffset now, DateTimeOffset? expiresAt, bool isRefused)
    {
        DateTimeOffset? used = now;
        DateTimeOffset? refused = isRefused ? now : null;
        try
        {
            // Not the caller's token: that the browser went away does not make the use undone.
            using var late = new CancellationTokenSource(Deadline, time);
            var marked = await writer.RunAsync(
                (db, token) => db.StoredTokens.Where(row => row.UserId == use.UserId && row.Protected == use.SealedText && row.RefusedAt == null)
                    .ExecuteUpdateAsync(
                        set => set
                            .SetProperty(row => row.LastUsedAt, used)
                            .SetProperty(row => row.ExpiresAt, row => expiresAt ?? row.ExpiresAt)
                            .SetProperty(row => row.RefusedAt, refused)
                            .SetProperty(row => row.Revision, row => row.Revision + 1),
                        token),
                late.Token);
            if (isRefused && marked == 1)
            {
                UsersLog.TokenRefused(logger, use.UserId);
            }
        }
        catch (Exception error)
        {
            UsersLog.TokenNotMarked(logger, error, use.UserId);
        }
    }

    private sealed record Use(int UserId, string SealedText, DateTimeOffset? MarkedAt, DateTimeOffset? ExpiresAt);
}
