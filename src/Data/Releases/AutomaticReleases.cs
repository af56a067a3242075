using JobServer.Data.Audit;
using JobServer.Data.Jobs;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Releases;

/// <summary>
/// Under the automatic policy a job's success releases what it uploaded, in the same transaction. A file in which the site's
/// rules found what may disclose, or that they did not see, stays in quarantine: it can be asked for like any other.
/// </summary>
internal static class AutomaticReleases
{
    /// <param name="db">The context of the unit of work.</param>
    /// <param name="audit">Has a line for each release.</param>
    /// <param name="succeeded">The jobs of a unit that succeeded.</param>
    /// <param name="filesOf">What a job committed under a fence.</param>
    public static async Task MakeAsync(
        JobServerDb db,
        AuditLog audit,
        IReadOnlyList<JobRow> succeeded,
        Func<string, long, IReadOnlyList<OutputFile>> filesOf,
        DateTimeOffset now,
        Random random,
        CancellationToken cancellationToken)
    {
        var withFiles = succeeded
            .Select(job => (Job: job, Files: filesOf(job.Id, job.Fence)
                .Where(file => file.Disposition == OutputDisposition.Uploaded && file.MayLeaveUnseen).OrderBy(file => file.Path, StringComparer.Ordinal).ToList()))
            .Where(pair => pair.Files.Count > 0)
            .ToList();
        if (withFiles.Count == 0)
        {
            return;
        }

        var requestIds = withFiles.Select(pair => pair.Job.JobRequestId).Distinct().ToList();
        var creators = await db.JobRequests
            .Where(request => requestIds.Contains(request.Id) && request.Backend.ReleasePolicy == ReleasePolicy.Automatic)
            .ToDictionaryAsync(request => request.Id, request => request.CreatedById, cancellationToken);
        var digests = withFiles.SelectMany(pair => pair.Files).Select(file => file.Digest).Distinct().ToList();
        var workspaceIds = withFiles.Select(pair => pair.Job.WorkspaceId).Distinct().ToList();
        var deleted = await db.ReleaseFiles.Where(file => workspaceIds.Contains(file.WorkspaceId) && file.DeletedAt != null && digests.Contains(file.Digest))
            .Select(file => new { file.WorkspaceId, file.Digest }).Distinct().ToListAsync(cancellationToken);
        foreach (var (job, made) in withFiles)
        {
            // Somebody took exactly this content back: it does not come again without somebody who lets it.
            var files = made.Where(file => !deleted.Contains(new { job.WorkspaceId, file.Digest })).ToList();
            if (files.Count > 0 && creators.TryGetValue(job.JobRequestId, out var createdBy))
            {
                var release = NewReleases.Of(
                    ReleasePolicy.Automatic, job.WorkspaceId, job.BackendId, createdBy, job.Id,
                    files.Select(file => new NewReleaseFile(file.Path, file.Size, file.Digest, file.CheckedWith)), now, random);
                db.Releases.Add(release);

                // Nobody decided: the site's policy did, and the record names no actor.
                await audit.AppendAsync(
                    db, actorId: null, AuditAct.FilesReleased, $"release:{release.Id}",
                    new { release.WorkspaceId, release.JobId, policy = SnakeCase.Of(release.Policy), files = release.Files.Count }, cancellationToken);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
