using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Domain.Notifications;
using JobServer.Domain.Releases.Publications;
using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Releases.Publications;

/// <summary>
/// Asks for publication, decides, takes back. Each write names the state that it leaves, so that of two at once one wins and
/// the other changes nothing.
/// </summary>
public sealed class PublicationWrites(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    public Task<AskForPublicationOutcome> AskAsync(AskForPublication ask, CancellationToken cancellationToken) => writer.RunAsync<AskForPublicationOutcome>(
        async (db, token) =>
        {
            // The workspace's row is the lock: of two that ask at once the second finds the first.
            await db.Workspaces.Where(row => row.Id == ask.WorkspaceId).ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision), token);
            var open = await db.Publications.Where(row => row.WorkspaceId == ask.WorkspaceId && row.State == PublicationState.Requested)
                .Select(row => (int?)row.Id).FirstOrDefaultAsync(token);
            if (open is { } other)
            {
                return new AskForPublicationOutcome.HasOpen(other);
            }

            var latest = await LatestFiles.Of(db, ask.WorkspaceId).Where(file => file.DeletedAt == null)
                .Select(file => new { file.Id, file.Path, file.Digest }).ToListAsync(token);
            if (LatestFiles.Fingerprint(latest.Select(file => file.Id)) != ask.Seen)
            {
                return new AskForPublicationOutcome.FilesChanged();
            }

            var files = latest.Where(file => !ask.LeftOut.Contains(file.Id)).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
            if (files.Count == 0)
            {
                return new AskForPublicationOutcome.NoFiles();
            }

            var now = timeProvider.GetUtcNow();
            var publication = new Publication
            {
                WorkspaceId = ask.WorkspaceId,
                Title = ask.Title,
                Reason = ask.Reason,
                CreatedById = ask.PersonId,
                CreatedAt = now,
            };
            publication.Files.AddRange(files.Select(file => new PublicationFile { ReleaseFileId = file.Id }));
            db.Publications.Add(publication);
            await db.SaveChangesAsync(token);
            await audit.AppendAsync(
                db, ask.PersonId, AuditAct.PublicationRequested, Subject(publication.Id),
                new { ask.WorkspaceId, ask.Title, ask.Reason, files = files.Select(file => new { file.Path, file.Digest }) }, token);
            await PublicationMessages.ToPublishersAsync(db, publication.Id, now, token);
            return new AskForPublicationOutcome.Asked(publication.Id);
        },
        cancellationToken);

    /// <returns>False when it was decided or withdrawn already.</returns>
    public Task<bool> WithdrawAsync(int publicationId, int personId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var withdrawn = await db.Publications.Where(row => row.Id == publicationId && row.State == PublicationState.Requested)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, PublicationState.Withdrawn).SetProperty(row => row.Revision, row => row.Revision + 1), token) == 1;
            if (withdrawn)
            {
                await audit.AppendAsync(db, personId, AuditAct.PublicationWithdrawn, Subject(publicationId), new { }, token);
            }

            return withdrawn;
        },
        cancellationToken);

    /// <param name="publicationId">Which one.</param>
    /// <param name="publisherId">An Output Publisher; not its author.</param>
    /// <param name="isApproved">Whether everybody shall see it.</param>
    /// <param name="comment">For its project.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public Task<PublicationOutcome> DecideAsync(
        int publicationId, int publisherId, bool isApproved, string comment, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var publishers = Publishers(db);
            var waiting = db.Publications.Where(row => row.Id == publicationId && row.State == PublicationState.Requested);
            var (now, state) = (timeProvider.GetUtcNow(), isApproved ? PublicationState.Published : PublicationState.Rejected);
            DateTimeOffset? at = now;
            int? by = publisherId;
            var decided = await waiting
                .Where(row => row.CreatedById != publisherId && publishers.Any(user => user.Id == publisherId) && (!isApproved || row.Files.Any(file => file.ReleaseFile.DeletedAt == null)))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.State, state)
                        .SetProperty(row => row.DecidedAt, at)
                        .SetProperty(row => row.DecidedById, by)
                        .SetProperty(row => row.DecisionComment, comment)
                        .SetProperty(row => row.Revision, row => row.Revision + 1),
                    token) == 1;
            if (!decided)
            {
                var author = await waiting.Select(row => (int?)row.CreatedById).SingleOrDefaultAsync(token);
                return author is null ? PublicationOutcome.ChangedMeanwhile
                    : author == publisherId ? PublicationOutcome.OwnRequest
                    : await publishers.AnyAsync(user => user.Id == publisherId, token) ? PublicationOutcome.NothingLeft : PublicationOutcome.NotAPublisher;
            }

            await audit.AppendAsync(
                db, publisherId, isApproved ? AuditAct.OutputsPublished : AuditAct.PublicationRejected, Subject(publicationId), new { comment }, token);
            await PublicationMessages.ToAuthorAsync(
                db, publicationId, isApproved ? MessageTemplate.OutputsPublished : MessageTemplate.PublicationRejected, comment, now, token);
            return isApproved ? PublicationOutcome.Published : PublicationOutcome.Rejected;
        },
        cancellationToken);

    /// <summary>Takes published files away from the public.</summary>
    /// <returns>False when it is not published any more.</returns>
    public Task<bool> UnpublishAsync(int publicationId, int personId, string reason, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var now = timeProvider.GetUtcNow();
            DateTimeOffset? at = now;
            int? by = personId;
            var publishers = Publishers(db);
            var taken = await db.Publications.Where(row => row.Id == publicationId && row.State == PublicationState.Published && publishers.Any(user => user.Id == personId))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.State, PublicationState.Unpublished)
                        .SetProperty(row => row.UnpublishedAt, at)
                        .SetProperty(row => row.UnpublishedById, by)
                        .SetProperty(row => row.UnpublishedReason, reason)
                        .SetProperty(row => row.Revision, row => row.Revision + 1),
                    token) == 1;
            if (taken)
            {
                await audit.AppendAsync(db, personId, AuditAct.OutputsUnpublished, Subject(publicationId), new { reason }, token);
                await PublicationMessages.ToAuthorAsync(db, publicationId, MessageTemplate.OutputsUnpublished, reason, now, token);
            }

            return taken;
        },
        cancellationToken);

    /// <summary>Who they are in this moment, and not when the page was shown.</summary>
    private static IQueryable<User> Publishers(JobServerDb db) => db.Users.Where(user => user.IsActive && user.Roles.Any(role => role.Role == Role.OutputPublisher));

    private static string Subject(int publicationId) => $"publication:{publicationId}";
}
