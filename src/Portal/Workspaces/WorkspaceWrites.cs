using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Workspaces;

/// <summary>What people do to workspaces, each with its line in the audit log.</summary>
internal sealed class WorkspaceWrites(DatabaseWriter writer, AuditLog audit, TimeProvider time)
{
    /// <returns>The workspace's id, or null when the name is taken; names are unique on the whole site.</returns>
    public async Task<int?> CreateAsync(int projectId, string slug, string repository, string branch, int personId, CancellationToken cancellation)
    {
        try
        {
            return await writer.RunAsync<int?>(
                async (db, token) =>
                {
                    if (await db.Workspaces.AnyAsync(workspace => workspace.Slug == slug, token))
                    {
                        return null;
                    }

                    var workspace = new Workspace
                    {
                        ProjectId = projectId,
                        Slug = slug,
                        Repository = repository,
                        Branch = branch,
                        CreatedAt = time.GetUtcNow(),
                        CreatedById = personId,
                    };
                    db.Workspaces.Add(workspace);
                    await db.SaveChangesAsync(token);
                    await audit.AppendAsync(
                        db, personId, AuditAct.WorkspaceCreated, $"workspace:{workspace.Id}", new { slug, repository, branch, projectId }, token);
                    return workspace.Id;
                },
                cancellation);
        }
        catch (DbUpdateException)
        {
            // Somebody else took the name between the look and the insert; anything else is a fault.
            if (await writer.RunAsync((db, token) => db.Workspaces.AnyAsync(workspace => workspace.Slug == slug, token), cancellation))
            {
                return null;
            }

            throw;
        }
    }

    /// <returns>False when it was so already.</returns>
    public Task<bool> SetArchivedAsync(int workspaceId, bool archived, int personId, CancellationToken cancellation) => writer.RunAsync(
        async (db, token) =>
        {
            var changed = await db.Workspaces.Where(workspace => workspace.Id == workspaceId && workspace.IsArchived != archived)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(workspace => workspace.IsArchived, archived)
                        .SetProperty(workspace => workspace.Revision, workspace => workspace.Revision + 1),
                    token) == 1;
            if (changed)
            {
                await audit.AppendAsync(db, personId, AuditAct.WorkspaceArchived, $"workspace:{workspaceId}", new { archived }, token);
            }

            return changed;
        },
        cancellation);

    /// <returns>False when it was so already.</returns>
    public Task<bool> SetNotifiesAsync(int workspaceId, bool notifies, int personId, CancellationToken cancellation) => writer.RunAsync(
        async (db, token) =>
        {
            var changed = await db.Workspaces.Where(workspace => workspace.Id == workspaceId && workspace.ShouldNotify != notifies)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(workspace => workspace.ShouldNotify, notifies)
                        .SetProperty(workspace => workspace.Revision, workspace => workspace.Revision + 1),
                    token) == 1;
            if (changed)
            {
                await audit.AppendAsync(db, personId, AuditAct.WorkspaceChanged, $"workspace:{workspaceId}", new { notifies }, token);
            }

            return changed;
        },
        cancellation);
}
