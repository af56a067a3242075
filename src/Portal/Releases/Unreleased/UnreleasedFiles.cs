using JobServer.Data;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Releases.Unreleased;

/// <summary>What a workspace's actions made last and what was not released as it is.</summary>
internal static class UnreleasedFiles
{
    /// <summary>More are not listed: a workspace with so many has a pattern that is too wide.</summary>
    public const int MaxListed = 500;

    /// <returns>By path; at most one more than <see cref="MaxListed"/>.</returns>
    public static Task<List<UnreleasedFile>> ReadAsync(JobServerDb db, int workspaceId, CancellationToken cancellationToken) => db.OutputFiles.AsNoTracking()
        .Where(file => file.WorkspaceId == workspaceId && file.Level == PrivacyLevel.ModeratelySensitive && file.Disposition != OutputDisposition.Kept
            && file.Job.State == JobState.Succeeded && file.Job.Fence == file.Fence)

        // The action ran again since, so that this is no longer what it gives.
        .Where(file => !db.Jobs.Any(newer => newer.WorkspaceId == workspaceId && newer.BackendId == file.Job.BackendId && newer.Action == file.Job.Action
            && newer.State == JobState.Succeeded && newer.JobRequestId > file.Job.JobRequestId))
        .Where(file => !db.ReleaseFiles.Any(released => released.WorkspaceId == workspaceId && released.Path == file.Path
            && released.Digest == file.Digest && released.DeletedAt == null))
        .OrderBy(file => file.Path).ThenBy(file => file.Id)
        .Take(MaxListed + 1)
        .Select(file => new UnreleasedFile
        {
            Id = file.Id,
            Path = file.Path,
            Outputs = file.Job.Outputs,
            Size = file.Size,
            Backend = file.Job.JobRequest.Backend.Name,
            Action = file.Job.Action,
            CreatedAt = file.CreatedAt,
            Disposition = file.Disposition,
            Reason = file.Reason,
            Findings = file.Findings,
            CheckedWith = file.CheckedWith,
        })
        .ToListAsync(cancellationToken);
}
