using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Redirects;

/// <summary>Takes former addresses away, with a line in the audit log.</summary>
public sealed class RedirectWrites(DatabaseWriter writer, AuditLog audit)
{
    /// <returns>False when it is not there any more.</returns>
    public Task<bool> DeleteAsync(int id, int personId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var found = await db.Redirects.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token);
            if (found is null || await db.Redirects.Where(row => row.Id == id).ExecuteDeleteAsync(token) != 1)
            {
                return false;
            }

            await audit.AppendAsync(
                db, personId, AuditAct.RedirectDeleted, $"redirect:{id}",
                new { found.Path, found.OrganisationId, found.ProjectId, found.WorkspaceId, found.BackendId }, token);
            return true;
        },
        cancellationToken);
}
