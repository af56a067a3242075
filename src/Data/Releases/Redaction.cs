using JobServer.Data.Audit;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using JobServer.Domain.Releases;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Releases;

/// <summary>Takes a released file away from view, with every copy of the same content in its workspace. The rows stay with who, when and why.</summary>
public static class Redaction
{
    /// <param name="db">The context of the unit of work.</param>
    /// <param name="audit">Has a line for each copy.</param>
    /// <param name="fileId">Which file.</param>
    /// <param name="policies">How files must have left for this person to delete them.</param>
    /// <param name="userId">Who deletes.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>How many rows were deleted: 0 when there is no such file or it was deleted before.</returns>
    public static async Task<int> DeleteAsync(
        JobServerDb db, AuditLog audit, string fileId, IReadOnlyCollection<ReleasePolicy> policies, int userId, string reason, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // What gave something away gives it away under each name and in each release.
        var copies = await db.ReleaseFiles
            .Where(file => file.DeletedAt == null && policies.Contains(file.Release.Policy)
                && db.ReleaseFiles.Any(chosen => chosen.Id == fileId && chosen.DeletedAt == null && chosen.WorkspaceId == file.WorkspaceId && chosen.Digest == file.Digest))
            .Select(file => file.Id).ToListAsync(cancellationToken);
        if (!copies.Contains(fileId, StringComparer.Ordinal))
        {
            return 0;
        }

        DateTimeOffset? at = now;
        int? by = userId;
        var deleted = await db.ReleaseFiles.Where(file => copies.Contains(file.Id) && file.DeletedAt == null)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(file => file.DeletedAt, at)
                    .SetProperty(file => file.DeletedById, by)
                    .SetProperty(file => file.DeletedReason, Text.Shorten(reason, ReleaseFile.ReasonMaxLength)),
                cancellationToken);
        if (deleted > 0)
        {
            foreach (var copy in copies)
            {
                await audit.AppendAsync(db, userId, AuditAct.FileRedacted, $"release_file:{copy}", new { reason }, cancellationToken);
            }
        }

        return deleted;
    }
}
