using JobServer.Data.Audit;
using JobServer.Domain.Audit;
using JobServer.Domain.Releases;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Releases;

/// <summary>Takes a released file away from view. The row stays with who, when and why.</summary>
public static class Redaction
{
    /// <returns>False when there is no such file or it was deleted before.</returns>
    public static async Task<bool> DeleteAsync(
        JobServerDb db, AuditLog audit, string fileId, int userId, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? at = now;
        int? by = userId;
        var deleted = await db.ReleaseFiles.Where(file => file.Id == fileId && file.DeletedAt == null)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(file => file.DeletedAt, at)
                    .SetProperty(file => file.DeletedById, by)
                    .SetProperty(file => file.DeletedReason, Text.Shorten(reason, ReleaseFile.ReasonMaxLength)),
                cancellationToken) == 1;
        if (deleted)
        {
            await audit.AppendAsync(db, userId, AuditAct.FileRedacted, $"release_file:{fileId}", new { reason }, cancellationToken);
        }

        return deleted;
    }
}
