using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Releases.Requests;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Releases.Requests;

/// <summary>
/// What output checkers do. Each write takes the request's row in the state and turn that the page showed, so that decisions
/// of two at once follow each other and exactly one of them is the last.
/// </summary>
public sealed class ReviewWrites(DatabaseWriter writer, AuditLog audit, Random random, TimeProvider timeProvider)
{
    public Task<ReviewOutcome> VoteAsync(VoteOnFile vote, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (await TakeAsync(db, vote.RequestId, vote.Turn, vote.CheckerId, token) is { } refused)
            {
                return refused;
            }

            var file = await db.ReleaseRequestFiles.AsTracking().Include(row => row.Votes)
                .SingleOrDefaultAsync(row => row.Id == vote.FileId && row.ReleaseRequestId == vote.RequestId && row.RemovedInTurn == null, token);
            if (file is null)
            {
                return ReviewOutcome.ChangedMeanwhile;
            }

            var now = timeProvider.GetUtcNow();
            db.RemoveRange(file.Votes.Where(former => former.CheckerId == vote.CheckerId));
            await db.SaveChangesAsync(token);
            db.Add(new ReleaseVote
            {
                FileId = vote.FileId,
                CheckerId = vote.CheckerId,
                IsApproval = vote.IsApproval,
                Reason = vote.IsApproval ? null : vote.Reason,
                Comment = vote.Comment,
                Turn = vote.Turn,
                At = now,
            });
            await db.SaveChangesAsync(token);
            await audit.AppendAsync(
                db, vote.CheckerId, AuditAct.ReleaseFileDecided, ReleaseRequestWrites.Subject(vote.RequestId),
                new { file.Path, file.Digest, approved = vote.IsApproval, reason = vote.Reason?.ToString(), vote.Turn }, token);
            return await ReleaseDecisions.MakeAsync(db, audit, random, vote.RequestId, vote.CheckerId, now, token);
        },
        cancellationToken);

    /// <summary>Sends the request back to its author with what must change.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="turn">As the page shows it.</param>
    /// <param name="checkerId">Who sends it back.</param>
    /// <param name="comment">What must change.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public Task<ReviewOutcome> ReturnAsync(int requestId, int turn, int checkerId, string comment, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (await TakeAsync(db, requestId, turn, checkerId, token) is { } refused)
            {
                return refused;
            }

            var now = timeProvider.GetUtcNow();
            await db.ReleaseRequests.Where(row => row.Id == requestId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, ReleaseRequestState.Returned), token);
            db.Add(new ReleaseComment { ReleaseRequestId = requestId, AuthorId = checkerId, Text = comment, Turn = turn, CreatedAt = now });
            await db.SaveChangesAsync(token);
            await audit.AppendAsync(db, checkerId, AuditAct.ReleaseRequestReturned, ReleaseRequestWrites.Subject(requestId), new { turn, comment }, token);
            await ReleaseMessages.ToAuthorAsync(db, requestId, ReleaseRequestState.Returned, comment, now, token);
            return ReviewOutcome.Returned;
        },
        cancellationToken);

    /// <returns>Null when the request is the checker's to decide, and nobody else decides on it until the transaction ends.</returns>
    private static async Task<ReviewOutcome?> TakeAsync(JobServerDb db, int requestId, int turn, int checkerId, CancellationToken cancellationToken)
    {
        var requests = db.ReleaseRequests.Where(row => row.Id == requestId);
        var projectId = await requests.Select(row => row.Workspace.ProjectId).SingleOrDefaultAsync(cancellationToken);
        var checkers = Checkers.Of(db, projectId);
        var taken = await requests
            .Where(row => row.State == ReleaseRequestState.Submitted && row.Turn == turn && row.CreatedById != checkerId
                && checkers.Any(checker => checker.Id == checkerId))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision + 1), cancellationToken);
        if (taken == 1)
        {
            return null;
        }

        return await requests.AnyAsync(row => row.State == ReleaseRequestState.Submitted && row.Turn == turn, cancellationToken)
            ? ReviewOutcome.NotTheirs
            : ReviewOutcome.ChangedMeanwhile;
    }
}
