using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Site;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Site;

/// <summary>What admins tell everybody, each with its line in the audit log.</summary>
public sealed class SiteAlertWrites(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    /// <returns>Its number.</returns>
    public Task<int> CreateAsync(AlertWords words, int personId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var alert = new SiteAlert
            {
                Level = words.Level,
                Title = words.Title,
                Text = words.Text,
                StartsAt = words.StartsAt,
                EndsAt = words.EndsAt,
                CreatedAt = timeProvider.GetUtcNow(),
                CreatedById = personId,
            };
            db.SiteAlerts.Add(alert);
            await db.SaveChangesAsync(token);
            await audit.AppendAsync(db, personId, AuditAct.SiteAlertCreated, Subject(alert.Id), words, token);
            return alert.Id;
        },
        cancellationToken);

    /// <returns>False when somebody else changed it meanwhile; nothing was written.</returns>
    public Task<bool> ChangeAsync(int id, int revision, AlertWords words, int personId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var changed = await db.SiteAlerts.Where(row => row.Id == id && row.Revision == revision)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.Level, words.Level)
                        .SetProperty(row => row.Title, words.Title)
                        .SetProperty(row => row.Text, words.Text)
                        .SetProperty(row => row.StartsAt, words.StartsAt)
                        .SetProperty(row => row.EndsAt, words.EndsAt)
                        .SetProperty(row => row.Revision, row => row.Revision + 1),
                    token) == 1;
            if (changed)
            {
                await audit.AppendAsync(db, personId, AuditAct.SiteAlertChanged, Subject(id), words, token);
            }

            return changed;
        },
        cancellationToken);

    /// <returns>False when it is over already, or is not there.</returns>
    public Task<bool> EndAsync(int id, int personId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var now = timeProvider.GetUtcNow();
            DateTimeOffset? end = now;
            var ended = await db.SiteAlerts.Where(row => row.Id == id && (row.EndsAt == null || row.EndsAt > now))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndsAt, end).SetProperty(row => row.Revision, row => row.Revision + 1), token) == 1;
            if (ended)
            {
                await audit.AppendAsync(db, personId, AuditAct.SiteAlertEnded, Subject(id), new { }, token);
            }

            return ended;
        },
        cancellationToken);

    private static string Subject(int id) => $"site_alert:{id}";
}
