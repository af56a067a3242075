using JobServer.Data;
using JobServer.Data.Releases.Requests;
using JobServer.Outputs;
using JobServer.Outputs.Disclosure;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Releases.Reviews;

/// <summary>Reads requests for release whole.</summary>
internal static class ReviewQueries
{
    /// <returns>Null when there is no such request.</returns>
    public static async Task<ReviewView?> FindAsync(JobServerDb db, int number, CancellationToken cancellationToken)
    {
        var request = await db.ReleaseRequests.AsNoTracking().Where(row => row.Id == number)
            .Select(row => new ReviewView
            {
                Number = row.Id,
                WorkspaceId = row.WorkspaceId,
                ProjectId = row.Workspace.ProjectId,
                Workspace = row.Workspace.Slug,
                WorkspaceAddress = "/" + row.Workspace.Project.Organisation!.Slug + "/" + row.Workspace.Project.Slug + "/" + row.Workspace.Slug,
                Project = row.Workspace.Project.Name,
                Backend = row.Backend.Name,
                AuthorId = row.CreatedById,
                Author = row.CreatedBy.FullName,
                SubmittedAt = row.SubmittedAt,
                State = row.State,
                Turn = row.Turn,
                Context = row.Context,
                Controls = row.Controls,
                ReleaseId = row.ReleaseId,
                Files = new List<ReviewFile>(),
                Comments = new List<ReviewComment>(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (request is null)
        {
            return null;
        }

        var comments = await db.ReleaseComments.AsNoTracking().Where(row => row.ReleaseRequestId == number).OrderBy(row => row.Id)
            .Select(row => new ReviewComment(row.Author.FullName, row.Text, row.Turn, row.CreatedAt)).ToListAsync(cancellationToken);
        return request with { Files = await FilesAsync(db, request, cancellationToken), Comments = comments };
    }

    private static async Task<IReadOnlyList<ReviewFile>> FilesAsync(JobServerDb db, ReviewView request, CancellationToken cancellationToken)
    {
        var checkers = Checkers.Of(db, request.ProjectId);
        var files = await db.ReleaseRequestFiles.AsNoTracking().Where(row => row.ReleaseRequestId == request.Number && row.RemovedInTurn == null)
            .OrderBy(row => row.Path)
            .Select(row => new ReviewFile
            {
                Id = row.Id,
                Path = row.Path,
                Outputs = row.OutputFile.Job.Outputs,
                Origin = new ReviewOrigin
                {
                    Request = row.OutputFile.Job.JobRequestId,
                    RequestedAt = row.OutputFile.Job.JobRequest.CreatedAt,
                    JobId = row.OutputFile.JobId,
                    Action = row.OutputFile.Job.Action,
                    Commit = row.OutputFile.Job.JobRequest.Commit,
                    Repository = row.OutputFile.Job.JobRequest.Workspace.Repository,
                    WorkspaceRevision = row.OutputFile.Job.JobRequest.Workspace.Revision,
                },
                Size = row.Size,
                Digest = row.Digest,
                Exception = row.Exception,
                AddedInTurn = row.AddedInTurn,
                Turn = request.Turn,
                CreatedAt = row.OutputFile.CreatedAt,
                CheckedWith = row.OutputFile.CheckedWith,
                Findings = row.OutputFile.Findings,
                Votes = row.Votes
                    .Where(vote => checkers.Any(checker => checker.Id == vote.CheckerId))
                    .OrderBy(vote => vote.At)
                    .Select(vote => new ReviewVote(vote.CheckerId, vote.Checker.FullName, vote.IsApproval, vote.Reason, vote.Comment, vote.Turn, vote.At)).ToList(),
            })
            .ToListAsync(cancellationToken);
        var digests = files.Select(file => file.Digest).Distinct().ToList();
        var released = await db.ReleaseFiles.AsNoTracking().Where(row => row.WorkspaceId == request.WorkspaceId && digests.Contains(row.Digest))
            .Select(row => new { row.Digest, row.DeletedAt, row.DeletedReason }).ToListAsync(cancellationToken);

        // What was deleted is no reason to let the same content out again: the checker is told, and why.
        var surroundings = new CheckSurroundings
        {
            Paths = [.. files.Select(file => file.Path)],
            ReleasedDigests = released.Where(row => row.DeletedAt is null).Select(row => row.Digest).ToHashSet(),
        };
        var deleted = released.Where(row => row.DeletedAt is not null).ToLookup(row => row.Digest, row => row.DeletedReason ?? "");
        return [.. files.Select(file => file with
        {
            Findings = [.. file.Findings, .. Among(file, surroundings)],
            DeletedBefore = deleted[file.Digest].LastOrDefault(),
        })];
    }

    /// <summary>What is only seen beside the other files of the request.</summary>
    private static IEnumerable<Finding> Among(ReviewFile file, CheckSurroundings surroundings) => WorkspacePath.Parse(file.Path, out var path) is null
        ? DisclosureCheck.RunAmong(path, file.Digest, surroundings).Findings.Where(finding => !file.Findings.Any(known => known.Rule == finding.Rule))
        : [];
}
