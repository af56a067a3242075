using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using JobServer.Portal.Releases.Unreleased;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>A file that a job made. Path and size are null where they may not leave the site, or not without a decision.</summary>
internal sealed record JobFileLine(string? Path, PrivacyLevel Level, OutputDisposition Disposition, long? Size, string Reason)
{
    private const int Most = 1_000;

    /// <param name="seesUnreleased">The person decides on releases, and so sees what is not released yet.</param>
    public static async Task<IReadOnlyList<JobFileLine>> ReadAsync(
        JobServerDb db, string jobId, long fence, bool seesUnreleased, CancellationToken cancellationToken)
    {
        // A name can say as much as a file: where people decide on releases, it waits for their decision too.
        var files = await JobFiles.Of(db, jobId).AsNoTracking().Where(file => file.Fence == fence)
            .OrderBy(file => file.Path)
            .Take(Most)
            .Select(file => new
            {
                file.Path,
                file.Level,
                file.Disposition,
                file.Size,
                file.Reason,
                file.Job.Outputs,
                IsOpen = file.Level == PrivacyLevel.ModeratelySensitive
                    && (seesUnreleased
                        || db.ReleaseFiles.Any(released => released.WorkspaceId == file.WorkspaceId && released.Path == file.Path && released.Digest == file.Digest)),
                IsAutomatic = file.Level == PrivacyLevel.ModeratelySensitive && file.Job.JobRequest.Backend.ReleasePolicy == ReleasePolicy.Automatic,
            })
            .ToListAsync(cancellationToken);
        // Under the automatic policy the reason why one stayed is for the project; a name that the action chose itself is not.
        return [.. files.Select(file => file.IsOpen || (file.IsAutomatic && OutputNames.IsNamed(file.Path, file.Outputs))
            ? new JobFileLine(file.Path, file.Level, file.Disposition, file.Size, file.Reason)
            : new JobFileLine(null, file.Level, file.Disposition, null, ""))];
    }
}
