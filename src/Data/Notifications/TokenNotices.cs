using JobServer.Data.Writing;
using JobServer.Domain.Notifications;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Notifications;

/// <summary>Tells people once that their stored token is about to end, or was refused by the code host.</summary>
public sealed class TokenNotices(IDbContextFactory<JobServerDb> contexts, DatabaseWriter writer, TimeProvider timeProvider)
{
    /// <summary>Long enough to make another before jobs are refused.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    private const int MostAtOnce = 500;

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (now, soon) = (timeProvider.GetUtcNow(), timeProvider.GetUtcNow() + Ahead);
        var tokens = await (
            from token in db.StoredTokens.AsNoTracking()
            join user in db.Users on token.UserId equals user.Id
            where user.IsActive && (token.RefusedAt != null || (token.ExpiresAt != null && token.ExpiresAt < soon && token.ExpiresAt > now))
            orderby token.UserId
            select new { token.ExpiresAt, token.RefusedAt, token.CreatedAt, Recipient = user.NotificationsEmail ?? user.Email })
            .Take(MostAtOnce)
            .ToListAsync(cancellationToken);
        foreach (var token in tokens.Where(token => token.Recipient is { Length: > 0 }))
        {
            var template = token.RefusedAt is null ? MessageTemplate.TokenExpires : MessageTemplate.TokenRefused;
            await TellAsync(template, token.Recipient!, new TokenNotice { ExpiresAt = token.ExpiresAt }, token.CreatedAt, cancellationToken);
        }
    }

    /// <summary>Once for each token: a message of its kind that is younger than the token was about it.</summary>
    private Task TellAsync(MessageTemplate template, string recipient, TokenNotice notice, DateTimeOffset since, CancellationToken cancellationToken) =>
        writer.RunAsync(
            async (db, token) =>
            {
                if (!await db.OutboxMessages.AnyAsync(
                    message => message.Recipient == recipient && message.Template == template && message.CreatedAt >= since, token))
                {
                    db.OutboxMessages.Add(Outbox.Message(template, recipient, notice, timeProvider.GetUtcNow()));
                }
            },
            cancellationToken);
}
