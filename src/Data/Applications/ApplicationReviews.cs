using JobServer.Data.Audit;
using JobServer.Data.Notifications;
using JobServer.Data.Writing;
using JobServer.Domain.Applications;
using JobServer.Domain.Audit;
using JobServer.Domain.Notifications;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Applications;

/// <summary>What reviewers and admins write beside an application; its approval is <see cref="ApplicationApprovals"/>.</summary>
public sealed class ApplicationReviews(DatabaseWriter writer, AuditLog audit, TimeProvider time)
{
    /// <remarks>
    /// The page's revision stands for its answers and is not raised: a verdict does not turn an applicant away who has the page
    /// open. Reviewers are kept apart by the time of the review that they saw.
    /// </remarks>
    public Task<ReviewOutcome> ReviewAsync(ReviewPage review, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            // The lock that the applicant's saving takes too, so that no verdict meets answers that nobody saw.
            var open = db.Applications.Where(row => row.Id == review.ApplicationId && row.DeletedAt == null && ApplicationLife.UnderReview.Contains(row.Status));
            if (await open.ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision), token) == 0)
            {
                return ReviewOutcome.Closed;
            }

            var pages = db.ApplicationPages.Where(row => row.ApplicationId == review.ApplicationId && row.Key == review.Key && row.Revision == review.Revision);
            DateTimeOffset? now = time.GetUtcNow();
            var changed = await pages.Where(row => row.ReviewedAt == review.ReviewedAt).ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.Verdict, review.Verdict)
                    .SetProperty(row => row.Notes, review.Notes)
                    .SetProperty(row => row.ReviewedAt, now)
                    .SetProperty(row => row.ReviewedById, review.PersonId),
                token);
            if (changed == 0)
            {
                return await pages.AnyAsync(token) ? ReviewOutcome.ReviewedMeanwhile : ReviewOutcome.AnswersChanged;
            }

            await audit.AppendAsync(
                db, review.PersonId, AuditAct.ApplicationPageReviewed, Subject(review.ApplicationId),
                new { page = review.Key, revision = review.Revision, verdict = SnakeCase.Of(review.Verdict), notes = review.Notes }, token);
            return ReviewOutcome.Done;
        },
        cancellationToken);

    public Task<ApplicationOutcome> DecideAsync(GiveDecision command, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (await LockAsync(db, command.ApplicationId, command.Revision, token) is not { } application)
            {
                return await WhyNotAsync(db, command.ApplicationId, token);
            }

            if (!application.Status.IsUnderReview())
            {
                return ApplicationOutcome.Closed;
            }

            var before = command.Kind == DecisionKind.Governance ? application.Governance : application.Technical;
            var given = new ReviewerDecision { Outcome = command.Outcome, Notes = command.Notes, At = time.GetUtcNow(), ById = command.PersonId };
            if (command.Kind == DecisionKind.Governance)
            {
                application.Governance = given;
            }
            else
            {
                application.Technical = given;
            }

            await audit.AppendAsync(
                db, command.PersonId, AuditAct.ApplicationDecided, Subject(application.Id),
                new
                {
                    kind = SnakeCase.Of(command.Kind),
                    from = before.Outcome is { } outcome ? SnakeCase.Of(outcome) : null,
                    to = SnakeCase.Of(command.Outcome),
                    notes = command.Notes,
                },
                token);
            return ApplicationOutcome.Done;
        },
        cancellationToken);

    /// <summary>Sets a status that makes nothing, and tells the applicant.</summary>
    public Task<ApplicationOutcome> SetStatusAsync(SetStatus command, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (await LockAsync(db, command.ApplicationId, command.Revision, token) is not { } application)
            {
                return await WhyNotAsync(db, command.ApplicationId, token);
            }

            var from = application.Status;
            if (from.ActTo(command.Status) is null or ApplicationAct.ApproveFully)
            {
                return ApplicationOutcome.Closed;
            }

            var now = time.GetUtcNow();
            (application.Status, application.StatusComment) = (command.Status, command.Comment);
            (application.StatusChangedAt, application.StatusChangedById) = (now, command.PersonId);
            if (application.CreatedBy is { IsActive: true, NotificationAddress: { Length: > 0 } address } applicant)
            {
                var notice = new ApplicationReviewedNotice
                {
                    PublicId = application.PublicId,
                    StudyName = await StudyNames.OfAsync(db, application.Id, token),
                    Applicant = applicant.FullName,
                    Status = command.Status.Name(),
                    Comment = command.Comment,
                    CanChange = command.Status.IsEditable(),
                };
                db.OutboxMessages.Add(Outbox.Message(MessageTemplate.ApplicationReviewed, address, notice, now));
            }

            await audit.AppendAsync(
                db, command.PersonId, AuditAct.ApplicationStatusChanged, Subject(application.Id),
                new { from = SnakeCase.Of(from), to = SnakeCase.Of(command.Status), comment = command.Comment }, token);
            return ApplicationOutcome.Done;
        },
        cancellationToken);

    internal static string Subject(int id) => $"application:{id}";

    /// <summary>Takes the row's lock with its revision, so that of two writers at once one finds it changed.</summary>
    private static async Task<Application?> LockAsync(JobServerDb db, int id, int revision, CancellationToken token)
    {
        var rows = db.Applications.Where(row => row.Id == id && row.DeletedAt == null && row.Revision == revision);
        return await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision), token) == 1
            ? await rows.Include(row => row.CreatedBy).SingleAsync(token)
            : null;
    }

    private static async Task<ApplicationOutcome> WhyNotAsync(JobServerDb db, int id, CancellationToken token) =>
        await db.Applications.AnyAsync(row => row.Id == id && row.DeletedAt == null, token) ? ApplicationOutcome.ChangedMeanwhile : ApplicationOutcome.Closed;
}
