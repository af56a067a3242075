using System.Text.Json;
using JobServer.Data.Writing;
using JobServer.Domain.Access;
using JobServer.Domain.Notifications;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Notifications;

/// <summary>
/// Tells those who look after the site once when a backend falls silent, and once when it is back. What was told is what
/// stands in the outbox, so a restart and a second Coordinator tell nothing twice.
/// </summary>
public sealed class BackendNotices(IDbContextFactory<JobServerDb> contexts, DatabaseWriter writer, TimeProvider timeProvider)
{
    private const int MostLookedAt = 500;

    /// <summary>Silent backends as this process knows them, so that the outbox is asked only when something changed.</summary>
    private HashSet<string>? _silent;

    /// <param name="silence">How long nothing is heard before anybody is told.</param>
    /// <param name="cancellationToken">Nothing half is written.</param>
    public async Task RunOnceAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var silent = (await BackendsAsync(db, silence, cancellationToken)).Where(backend => backend.IsSilent).Select(backend => backend.Notice.Slug)
            .ToHashSet(StringComparer.Ordinal);
        if (_silent?.SetEquals(silent) == true)
        {
            return;
        }

        await writer.RunAsync((write, token) => WriteAsync(write, silence, token), cancellationToken);
        _silent = silent;
    }

    private async Task WriteAsync(JobServerDb db, TimeSpan silence, CancellationToken cancellationToken)
    {
        var told = await ToldAsync(db, cancellationToken);
        var now = timeProvider.GetUtcNow();
        List<string>? recipients = null;
        foreach (var (notice, isSilent) in await BackendsAsync(db, silence, cancellationToken))
        {
            var wasTold = told.TryGetValue(notice.Slug, out var last) && last.Template == MessageTemplate.BackendSilent;
            if (isSilent == wasTold)
            {
                continue;
            }

            recipients ??= await RecipientsAsync(db, cancellationToken);
            var template = isSilent ? MessageTemplate.BackendSilent : MessageTemplate.BackendBack;
            var data = isSilent ? notice : last.Notice;
            db.OutboxMessages.AddRange(recipients.Select(recipient => Outbox.Message(template, recipient, data, now)));
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<List<(BackendNotice Notice, bool IsSilent)>> BackendsAsync(JobServerDb db, TimeSpan silence, CancellationToken cancellationToken)
    {
        var since = timeProvider.GetUtcNow() - silence;
        var backends = await db.Backends.AsNoTracking().Where(backend => backend.LastSeenAt != null)
            .Select(backend => new BackendNotice { Slug = backend.Slug, Name = backend.Name, SeenAt = backend.LastSeenAt!.Value })
            .ToListAsync(cancellationToken);
        return [.. backends.Select(backend => (backend, backend.SeenAt < since))];
    }

    private static async Task<Dictionary<string, (MessageTemplate Template, BackendNotice Notice)>> ToldAsync(JobServerDb db, CancellationToken cancellationToken)
    {
        var newest = await db.OutboxMessages.AsNoTracking()
            .Where(message => message.Template == MessageTemplate.BackendSilent || message.Template == MessageTemplate.BackendBack)
            .OrderByDescending(message => message.Id)
            .Take(MostLookedAt)
            .Select(message => new { message.Template, message.Data })
            .ToListAsync(cancellationToken);
        return newest
            .Select(message => (message.Template, Notice: JsonSerializer.Deserialize<BackendNotice>(message.Data, JsonSerializerOptions.Web)!))
            .DistinctBy(message => message.Notice.Slug, StringComparer.Ordinal)
            .ToDictionary(message => message.Notice.Slug, StringComparer.Ordinal);
    }

    private static async Task<List<string>> RecipientsAsync(JobServerDb db, CancellationToken cancellationToken) =>
        await db.Users.AsNoTracking()
            .Where(user => user.IsActive && user.Roles.Any(role => role.Role == Role.CoreDeveloper))
            .Select(user => user.NotificationsEmail ?? user.Email)
            .Where(address => address != null)
            .Select(address => address!)
            .Distinct()
            .ToListAsync(cancellationToken);
}
