using JobServer.Data;
using JobServer.Data.Releases;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Releases.Unreleased;

/// <summary>What a workspace's actions made last and what was not released as it is.</summary>
internal static class UnreleasedFiles
{
    /// <summary>More are not listed: a workspace with so many has a pattern that is too wide.</summary>
    public const int MaxListed = 500;

    /// <returns>By path; at most one more than <see cref="MaxListed"/>.</returns>
    public static Task<List<UnreleasedFile>> ReadAsync(JobServerDb db, int workspaceId, CancellationToken cancellationToken) => AskableOutputs.Of(db, workspaceId).AsNoTracking()
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
