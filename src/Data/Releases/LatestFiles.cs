using System.Security.Cryptography;
using System.Text;
using JobServer.Domain.Releases;

namespace JobServer.Data.Releases;

/// <summary>The most recent version of every released file of a workspace.</summary>
public static class LatestFiles
{
    /// <summary>
    /// The newest release of each path. Where that one was deleted it stays the newest, marked as deleted: an older
    /// version never comes back in its place, because a file is deleted so that its content is no longer used.
    /// </summary>
    public static IQueryable<ReleaseFile> Of(JobServerDb db, int workspaceId) => db.ReleaseFiles
        .Where(file => file.WorkspaceId == workspaceId && !db.ReleaseFiles.Any(newer =>
            newer.WorkspaceId == workspaceId && newer.Path == file.Path
            && (newer.CreatedAt > file.CreatedAt || (newer.CreatedAt == file.CreatedAt && string.Compare(newer.Id, file.Id) > 0))));

    /// <summary>Names a list of files, so that a form can say which one its reader saw.</summary>
    public static string Fingerprint(IEnumerable<string> fileIds) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', fileIds.Order(StringComparer.Ordinal)))));
}
