using JobServer.Data.Notifications;
using JobServer.Domain.Access;
using JobServer.Domain.Notifications;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Releases.Publications;

/// <summary>Who is told of a publication, in the transaction of what happened to it.</summary>
internal static class PublicationMessages
{
    /// <summary>Every Output Publisher who may decide on it.</summary>
    public static async Task ToPublishersAsync(JobServerDb db, int publicationId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var notice = await NoticeAsync(db, publicationId, "", cancellationToken);
        var author = await db.Publications.Where(row => row.Id == publicationId).Select(row => row.CreatedById).SingleAsync(cancellationToken);
        var addresses = await db.Users.AsNoTracking()
            .Where(user => user.IsActive && user.Id != author && user.Roles.Any(role => role.Role == Role.OutputPublisher))
            .Select(user => user.NotificationsEmail ?? user.Email).ToListAsync(cancellationToken);
        db.OutboxMessages.AddRange(addresses.Where(address => !string.IsNullOrEmpty(address))
            .Select(address => Outbox.Message(MessageTemplate.PublicationRequested, address!, notice, now)));
    }

    public static async Task ToAuthorAsync(
        JobServerDb db, int publicationId, MessageTemplate template, string comment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var address = await db.Publications.AsNoTracking().Where(row => row.Id == publicationId && row.CreatedBy.IsActive)
            .Select(row => row.CreatedBy.NotificationsEmail ?? row.CreatedBy.Email).SingleOrDefaultAsync(cancellationToken);
        if (!string.IsNullOrEmpty(address))
        {
            db.OutboxMessages.Add(Outbox.Message(template, address, await NoticeAsync(db, publicationId, comment, cancellationToken), now));
        }
    }

    private static async Task<PublicationNotice> NoticeAsync(JobServerDb db, int publicationId, string comment, CancellationToken cancellationToken) =>
        await db.Publications.AsNoTracking().Where(row => row.Id == publicationId)
            .Select(row => new PublicationNotice
            {
                Title = row.Title,
                Workspace = row.Workspace.Slug,
                Path = "/" + row.Workspace.Project.Organisation!.Slug + "/" + row.Workspace.Project.Slug + "/" + row.Workspace.Slug + "/published/" + row.Id,
                Files = row.Files.Count,
                Comment = comment,
            })
            .SingleAsync(cancellationToken);
}
