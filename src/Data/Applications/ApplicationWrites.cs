using System.Security.Cryptography;
using JobServer.Data.Audit;
using JobServer.Data.Notifications;
using JobServer.Data.Writing;
using JobServer.Domain.Applications;
using JobServer.Domain.Audit;
using JobServer.Domain.Notifications;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Applications;

/// <summary>An application from its start to its submission, deletion and restoration, by the person who applies.</summary>
public sealed class ApplicationWrites(DatabaseWriter writer, AuditLog audit, TimeProvider time)
{
    /// <summary>Applications of one person that are neither submitted nor deleted.</summary>
    public const int MostUnsubmitted = 20;

    /// <summary>No letter or digit that reads like another.</summary>
    private const string PublicIdAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <returns>The public id, or null when the person has <see cref="MostUnsubmitted"/> already.</returns>
    public Task<string?> StartAsync(int personId, CancellationToken cancellationToken) => writer.RunAsync<string?>(
        async (db, token) =>
        {
            if (await UnsubmittedAsync(db, personId, token) >= MostUnsubmitted)
            {
                return null;
            }

            var application = new Application
            {
                PublicId = RandomNumberGenerator.GetString(PublicIdAlphabet, Application.PublicIdLength),
                CreatedById = personId,
                CreatedAt = time.GetUtcNow(),
            };
            db.Applications.Add(application);
            await db.SaveChangesAsync(token);
            await audit.AppendAsync(db, personId, AuditAct.ApplicationStarted, Subject(application.Id), new { application.PublicId }, token);
            return application.PublicId;
        },
        cancellationToken);

    /// <param name="revision">The application as it was found complete.</param>
    /// <param name="studyName">For the message to the applicant.</param>
    public Task<ApplicationOutcome> SubmitAsync(int id, int revision, int personId, string studyName, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            DateTimeOffset? now = time.GetUtcNow();
            var changed = await db.Applications
                .Where(row => row.Id == id && row.DeletedAt == null && row.Revision == revision && ApplicationLife.Editable.Contains(row.Status))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.Status, ApplicationStatus.Submitted)
                        .SetProperty(row => row.StatusChangedAt, now)
                        .SetProperty(row => row.StatusChangedById, personId)
                        .SetProperty(row => row.SubmittedAt, now)
                        .SetProperty(row => row.SubmittedById, personId)
                        .SetProperty(row => row.Revision, row => row.Revision + 1),
                    token);
            if (changed == 0)
            {
                return await db.Applications.AnyAsync(
                    row => row.Id == id && row.DeletedAt == null && ApplicationLife.Editable.Contains(row.Status), token)
                    ? ApplicationOutcome.ChangedMeanwhile
                    : ApplicationOutcome.Closed;
            }

            await audit.AppendAsync(db, personId, AuditAct.ApplicationSubmitted, Subject(id), new { studyName }, token);
            await AcknowledgeAsync(db, id, personId, studyName, token);
            return ApplicationOutcome.Done;
        },
        cancellationToken);

    /// <summary>Hides the application from everybody but its applicant, until it is restored.</summary>
    public Task<ApplicationOutcome> DeleteAsync(int id, int personId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            DateTimeOffset? now = time.GetUtcNow();
            var changed = await db.Applications
                .Where(row => row.Id == id && row.CreatedById == personId && row.DeletedAt == null && ApplicationLife.Deletable.Contains(row.Status))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.DeletedAt, now)
                        .SetProperty(row => row.DeletedById, personId)
                        .SetProperty(row => row.Revision, row => row.Revision + 1),
                    token);
            return await NoteAsync(db, changed, id, personId, AuditAct.ApplicationDeleted, token);
        },
        cancellationToken);

    public Task<ApplicationOutcome> RestoreAsync(int id, int personId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var isUnsubmitted = await db.Applications.AnyAsync(row => row.Id == id && row.Status == ApplicationStatus.Ongoing, token);
            if (isUnsubmitted && await UnsubmittedAsync(db, personId, token) >= MostUnsubmitted)
            {
                return ApplicationOutcome.TooMany;
            }

            var changed = await db.Applications
                .Where(row => row.Id == id && row.CreatedById == personId && row.DeletedAt != null)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.DeletedAt, (DateTimeOffset?)null)
                        .SetProperty(row => row.DeletedById, (int?)null)
                        .SetProperty(row => row.Revision, row => row.Revision + 1),
                    token);
            return await NoteAsync(db, changed, id, personId, AuditAct.ApplicationRestored, token);
        },
        cancellationToken);

    private static Task<int> UnsubmittedAsync(JobServerDb db, int personId, CancellationToken token) => db.Applications.CountAsync(
        row => row.CreatedById == personId && row.DeletedAt == null && row.Status == ApplicationStatus.Ongoing, token);

    private async Task<ApplicationOutcome> NoteAsync(JobServerDb db, int changed, int id, int personId, AuditAct act, CancellationToken token)
    {
        if (changed == 0)
        {
            return ApplicationOutcome.Closed;
        }

        await audit.AppendAsync(db, personId, act, Subject(id), new { }, token);
        return ApplicationOutcome.Done;
    }

    private async Task AcknowledgeAsync(JobServerDb db, int id, int personId, string studyName, CancellationToken token)
    {
        var applicant = await db.Users.AsNoTracking().SingleAsync(user => user.Id == personId, token);
        if (applicant.NotificationAddress is { Length: > 0 } address)
        {
            var notice = new ApplicationNotice
            {
                PublicId = await db.Applications.Where(row => row.Id == id).Select(row => row.PublicId).SingleAsync(token),
                StudyName = studyName,
                Applicant = applicant.FullName,
            };
            db.OutboxMessages.Add(Outbox.Message(MessageTemplate.ApplicationReceived, address, notice, time.GetUtcNow()));
        }
    }

    private static string Subject(int id) => $"application:{id}";
}
