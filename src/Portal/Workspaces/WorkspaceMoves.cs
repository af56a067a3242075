using JobServer.Data;
using JobServer.Data.Audit;
using JobServer.Data.Redirects;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Redirects;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Workspaces;

/// <summary>Moves a workspace to another project, with its runs and releases; its former address leads on.</summary>
internal sealed class WorkspaceMoves(DatabaseWriter writer, AuditLog audit, TimeProvider time)
{
    /// <param name="workspaceId">Its slug is its own on the whole service, so it keeps it.</param>
    /// <param name="from">The project in which the person saw it.</param>
    /// <param name="to">Another project.</param>
    /// <param name="personId">Who moves it.</param>
    /// <param name="cancellationToken">Gives the move up.</param>
    /// <returns>False when it is not in that project any more, or the other one is not there; nothing was written.</returns>
    public Task<bool> MoveAsync(int workspaceId, int from, int to, int personId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (!await db.Projects.AnyAsync(project => project.Id == to, token))
            {
                return false;
            }

            var former = await AddressAsync(db, workspaceId, token);
            var moved = await db.Workspaces.Where(workspace => workspace.Id == workspaceId && workspace.ProjectId == from && from != to)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(workspace => workspace.ProjectId, to).SetProperty(workspace => workspace.Revision, workspace => workspace.Revision + 1),
                    token) == 1;
            if (!moved)
            {
                return false;
            }

            if (await AddressAsync(db, workspaceId, token) is { } taken)
            {
                await KeepAsync(db, workspaceId, former, taken, personId, token);
            }

            await audit.AppendAsync(db, personId, AuditAct.WorkspaceMoved, $"workspace:{workspaceId}", new { from, to }, token);
            return true;
        },
        cancellationToken);

    private Task KeepAsync(JobServerDb db, int workspaceId, string? former, string taken, int personId, CancellationToken cancellationToken) => former is null
        ? FormerAddresses.TakeAsync(db, taken, cancellationToken)
        : FormerAddresses.KeepAsync(
            db, new Redirect { Path = former, WorkspaceId = workspaceId, CreatedAt = time.GetUtcNow(), CreatedById = personId }, taken, cancellationToken);

    /// <summary>Null while its project belongs to no organisation.</summary>
    private static async Task<string?> AddressAsync(JobServerDb db, int workspaceId, CancellationToken cancellationToken) =>
        await db.Workspaces.AsNoTracking().Where(workspace => workspace.Id == workspaceId && workspace.Project.OrganisationId != null)
            .Select(workspace => new { Organisation = workspace.Project.Organisation!.Slug, Project = workspace.Project.Slug, workspace.Slug })
            .SingleOrDefaultAsync(cancellationToken) is { } place
            ? FormerAddresses.PathOf(place.Organisation, place.Project, place.Slug)
            : null;
}
