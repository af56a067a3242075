using JobServer.Data;
using JobServer.Domain.Releases;

namespace JobServer.Portal.Releases;

/// <summary>The questions about releases that several pages ask.</summary>
internal static class ReleaseQueries
{
    public static IQueryable<ReleaseSummary> Summaries(this IQueryable<Release> releases) => releases.Select(release => new ReleaseSummary
    {
        Id = release.Id,
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
        CreatedAt = file.CreatedAt,
        Deleted = file.DeletedAt == null ? null : new Deletion(file.DeletedAt.Value, file.DeletedBy!.FullName, file.DeletedReason ?? ""),
    });

    /// <summary>
    /// The newest release of each path. Where that one was deleted it stays the newest, marked as deleted: an older
    /// version never comes back in its place, because a file is deleted so that its content is no longer used.
    /// </summary>
    public static IQueryable<ReleaseFile> NewestOfEachPath(JobServerDb db, int workspaceId) => db.ReleaseFiles
        .Where(file => file.WorkspaceId == workspaceId && !db.ReleaseFiles.Any(newer =>
            newer.WorkspaceId == workspaceId && newer.Path == file.Path
            && (newer.CreatedAt > file.CreatedAt || (newer.CreatedAt == file.CreatedAt && string.Compare(newer.Id, file.Id) > 0))));
}
