using JobServer.Data;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Jobs;

namespace JobServer.Portal.Releases.Reviews;

/// <summary>Where a checker reads the code that made a file.</summary>
internal sealed class ReviewedCode(JobServerDb db, CodeHostRouter hosts)
{
    /// <returns>Null where no code host shows it.</returns>
    public async Task<Uri?> FindAsync(int workspaceId, ReviewOrigin origin, CancellationToken cancellationToken)
    {
        // The workspace may have got another repository since.
        var repository = await RequestRepositories.FindAsync(db, workspaceId, origin.Repository, origin.WorkspaceRevision, origin.RequestedAt, cancellationToken);
        return hosts.Find(repository).Value is { } place && CodeCommit.IsSha(origin.Commit)
            ? place.Host.WebAddress(place.Repository, new CodeCommit(origin.Commit))
            : null;
    }
}
