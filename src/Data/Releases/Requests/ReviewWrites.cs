using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
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
            return await DecideAsync(db, vote, now, token);
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
        var taken = await requests
            .Where(row => row.State == ReleaseRequestState.Submitted && row.Turn == turn && row.CreatedById != checkerId
                && !db.ProjectMemberships.Any(member => member.ProjectId == row.Workspace.ProjectId && member.UserId == checkerId))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision + 1), cancellationToken);
        if (taken == 1)
        {
            return null;
        }

        return await requests.AnyAsync(row => row.State == ReleaseRequestState.Submitted && row.Turn == turn, cancellationToken)
            ? ReviewOutcome.NotTheirs
            : ReviewOutcome.ChangedMeanwhile;
    }

    private async Task<ReviewOutcome> DecideAsync(JobServerDb db, VoteOnFile vote, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var request = await db.ReleaseRequests.AsTracking().SingleAsync(row => row.Id == vote.RequestId, cancellationToken);
        var projectId = await db.Workspaces.Where(row => row.Id == request.WorkspaceId).Select(row => row.ProjectId).SingleAsync(cancellationToken);

        // A checker who joined the project since no longer counts.
        var files = await db.ReleaseRequestFiles.AsNoTracking().Where(row => row.ReleaseRequestId == vote.RequestId && row.RemovedInTurn == null)
            .Select(row => new
            {
                File = new NewReleaseFile(row.Path, row.Size, row.Digest, row.OutputFile.CheckedWith),
                Votes = row.Votes
                    .Where(one => !db.ProjectMemberships.Any(member => member.ProjectId == projectId && member.UserId == one.CheckerId))
                    .Select(one => one.IsApproval).ToList(),
            })
            .ToListAsync(cancellationToken);
        if (files.Exists(row => !HasEnough(row.Votes, true) && !HasEnough(row.Votes, false)))
        {
            return ReviewOutcome.Recorded;
        }

        var approved = files.Where(row => HasEnough(row.Votes, true)).Select(row => row.File).ToList();
        request.EndedAt = now;
        request.State = approved.Count > 0 ? ReleaseRequestState.Released : ReleaseRequestState.Rejected;
        if (approved.Count > 0)
        {
            var release = NewReleases.Of(
                ReleasePolicy.Reviewed, request.WorkspaceId, request.BackendId, request.CreatedById, jobId: null,
                approved, now, random);
            db.Releases.Add(release);
            await db.SaveChangesAsync(cancellationToken);
            request.ReleaseId = release.Id;
            await audit.AppendAsync(
                db, vote.CheckerId, AuditAct.FilesReleased, $"release:{release.Id}",
                new { release.WorkspaceId, request = request.Id, policy = SnakeCase.Of(release.Policy), files = release.Files.Count }, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await ReleaseMessages.ToAuthorAsync(db, request.Id, request.State, "", now, cancellationToken);
        return approved.Count > 0 ? ReviewOutcome.Released : ReviewOutcome.Rejected;
    }

    private static bool HasEnough(List<bool> votes, bool approval) => votes.Count(vote => vote == approval) >= ReleaseRequest.CheckersNeeded;
}
