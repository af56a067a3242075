using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Releases.Publications;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Releases;

/// <summary>
/// Decides about a file whose address names no project: the rights that count are those in the project of its workspace, and
/// everybody may see what is published.
/// </summary>
internal sealed class ReleasedFileAccess(JobServerDb db)
{
    /// <summary>Null where there is no such file. A deleted one is found: whether that may be said is decided first.</summary>
    public async Task<FileAccessDecision?> FindAsync(string? fileId, Person? person, CancellationToken cancellationToken)
    {
        if (ReleaseIds.Read(fileId) is not { } id)
        {
            return null;
        }

        var rows = db.ReleaseFiles.AsNoTracking().Where(file => file.Id == id);
        var projectId = await rows.Select(file => (int?)file.Release.Workspace.ProjectId).SingleOrDefaultAsync(cancellationToken);
        if (projectId is null)
        {
            return null;
        }

        var rights = await ProjectRights.ReadAsync(db, person, projectId, cancellationToken);
        var decision = PolicyTable.Decide(Permission.ViewReleasedFiles, rights);
        if (!decision.IsAllowed && await PublicationQueries.IsPublishedAsync(db, id, cancellationToken))
        {
            decision = PolicyTable.Decide(Permission.ViewPublishedFiles, rights);
        }

        return new FileAccessDecision(await rows.Views().SingleAsync(cancellationToken), decision);
    }
}
