using JobServer.Data.Audit;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using JobServer.Domain.Releases.Requests;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Releases.Requests;

/// <summary>Ends a request once every file of it is decided on, in the transaction of the last thing that happened to it.</summary>
internal static class ReleaseDecisions
{
    public static async Task<ReviewOutcome> MakeAsync(
        JobServerDb db, AuditLog audit, Random random, int requestId, int actorId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var request = await db.ReleaseRequests.AsTracking().SingleAsync(row => row.Id == requestId, cancellationToken);
        var projectId = await db.Workspaces.Where(row => row.Id == request.WorkspaceId).Select(row => row.ProjectId).SingleAsync(cancellationToken);
        var (turn, checkers) = (request.Turn, Checkers.Of(db, projectId));

        // A rejection of a former turn was about what was changed since; it stays on record and no longer counts.
        var files = await db.ReleaseRequestFiles.AsNoTracking().Where(row => row.ReleaseRequestId == requestId && row.RemovedInTurn == null)
            .Select(row => new
            {
                File = new NewReleaseFile(row.Path, row.Size, row.Digest, row.OutputFile.CheckedWith),
                Votes = row.Votes
                    .Where(vote => (vote.IsApproval || vote.Turn == turn) && checkers.Any(checker => checker.Id == vote.CheckerId))
                    .Select(vote => vote.IsApproval).ToList(),
            })
            .ToListAsync(cancellationToken);
        var decided = files.Select(row => (row.File, Decision: ReleaseRequest.Decision(row.Votes.Count(vote => vote), row.Votes.Count(vote => !vote)))).ToList();
        if (decided.Exists(row => row.Decision is null))
        {
            return ReviewOutcome.Recorded;
        }

        var approved = decided.Where(row => row.Decision is true).Select(row => row.File).ToList();
        request.EndedAt = now;
        request.State = approved.Count > 0 ? ReleaseRequestState.Released : ReleaseRequestState.Rejected;
        if (approved.Count > 0)
        {
            var release = NewReleases.Of(
                ReleasePolicy.Reviewed, request.WorkspaceId, request.BackendId, request.CreatedById, jobId: null, approved, now, random);
            db.Releases.Add(release);
            await db.SaveChangesAsync(cancellationToken);
            request.ReleaseId = release.Id;
            await audit.AppendAsync(
                db, actorId, AuditAct.FilesReleased, $"release:{release.Id}",
                new { release.WorkspaceId, request = request.Id, policy = SnakeCase.Of(release.Policy), files = release.Files.Count }, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await ReleaseMessages.ToAuthorAsync(db, request.Id, request.State, "", now, cancellationToken);
        return approved.Count > 0 ? ReviewOutcome.Released : ReviewOutcome.Rejected;
    }
}
