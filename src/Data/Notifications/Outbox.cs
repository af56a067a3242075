using System.Text.Json;
using JobServer.Data.Writing;
using JobServer.Domain.Notifications;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Notifications;

/// <summary>Messages waiting to be sent. At least once: a message is marked only after the mail server took it.</summary>
public sealed class Outbox(IDbContextFactory<JobServerDb> contexts, DatabaseWriter writer, TimeProvider timeProvider)
{
    /// <summary>Waits before each further try; after the last the message is abandoned and shown to admins.</summary>
    private static readonly TimeSpan[] Schedule =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24),
    ];

    public static OutboxMessage Message(MessageTemplate template, string recipient, object data, DateTimeOffset now) => new()
    {
        Template = template,
        Recipient = recipient,
        Data = JsonSerializer.Serialize(data, JsonSerializerOptions.Web),
        CreatedAt = now,
        NextAttemptAt = now,
    };

    /// <summary>The messages that are due, oldest first.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> DueAsync(int most, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.OutboxMessages.AsNoTracking()
            .Where(message => message.SentAt == null && message.AbandonedAt == null && message.NextAttemptAt <= now)
            .OrderBy(message => message.Id)
            .Take(most)
            .ToListAsync(cancellationToken);
    }

    public Task MarkSentAsync(long id, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = timeProvider.GetUtcNow();
        return writer.RunAsync(
            (db, token) => db.OutboxMessages.Where(message => message.Id == id && message.SentAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(message => message.SentAt, now), token),
            cancellationToken);
    }

    public Task MarkFailedAsync(OutboxMessage message, string error, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var isLast = message.Attempts >= Schedule.Length;
        var next = isLast ? message.NextAttemptAt : now + Schedule[message.Attempts];
        DateTimeOffset? abandoned = isLast ? now : null;
        return writer.RunAsync(
            (db, token) => db.OutboxMessages.Where(row => row.Id == message.Id && row.Attempts == message.Attempts && row.SentAt == null)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.Attempts, row => row.Attempts + 1)
                        .SetProperty(row => row.NextAttemptAt, next)
                        .SetProperty(row => row.AbandonedAt, abandoned)
                        .SetProperty(row => row.LastError, Text.Shorten(error, 1000)),
                    token),
            cancellationToken);
    }
}
