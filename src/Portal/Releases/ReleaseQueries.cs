using JobServer.Data;
using JobServer.Domain.Releases;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Releases;

/// <summary>The questions about releases that several pages ask.</summary>
internal static class ReleaseQueries
{
    public static IQueryable<ReleaseSummary> Summaries(this IQueryable<Release> releases) => releases.Select(release => new ReleaseSummary
    {
        Id = release.Id,
        Workspace = release.Workspace.Slug,
        CreatedAt = release.CreatedAt,
        Backend = release.Backend.Name,
        CreatedBy = release.CreatedBy.FullName,
        FileCount = release.Files.Count,
    });

    public static IQueryable<ReleasedFile> Views(this IQueryable<ReleaseFile> files) => files.Select(file => new ReleasedFile
    {
        Id = file.Id,
        ReleaseId = file.ReleaseId,
        Policy = file.Release.Policy,
        Path = file.Path,
        Size = file.Size,
        Digest = file.Digest,
        CheckedWith = file.CheckedWith,
        CreatedAt = file.CreatedAt,
        Deleted = file.DeletedAt == null ? null : new Deletion(file.DeletedAt.Value, file.DeletedBy!.FullName, file.DeletedReason ?? ""),
    });

    /// <summary>Asks again whether a file is still there.</summary>
    public static Func<ReleasedFile, CancellationToken, Task<bool>> StillReleased(JobServerDb db) =>
        (file, cancellationToken) => db.ReleaseFiles.AnyAsync(row => row.Id == file.Id && row.DeletedAt == null, cancellationToken);
}
