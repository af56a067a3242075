using JobServer.Data;
using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Workspaces;

/// <summary>What people do to workspaces, each with its line in the audit log.</summary>
internal sealed class WorkspaceWrites(DatabaseWriter writer, AuditLog audit, TimeProvider time)
{
    /// <summary>The second of two clicks: the same person asks for the same thing again within this time.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    /// <returns>
    /// The workspace's id, also where the same form made it a moment ago; null when the name is taken, which is unique on
    /// the whole site.
    /// </returns>
    public async Task<int?> CreateAsync(WorkspaceDraft draft, CancellationToken cancellation)
    {
        try
        {
            return await writer.RunAsync((db, token) => CreateAsync(db, draft, token), cancellation);
        }
        catch (DbUpdateException)
        {
            // Somebody else took the name between the look and the insert; anything else is a fault.
            if (await writer.RunAsync((db, token) => db.Workspaces.AnyAsync(workspace => workspace.Slug == draft.Slug, token), cancellation))
            {
                return null;
            }

            throw;
        }
    }

    private async Task<int?> CreateAsync(JobServerDb db, WorkspaceDraft draft, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var holder = await db.Workspaces.AsNoTracking().Where(workspace => workspace.Slug == draft.Slug).SingleOrDefaultAsync(cancellation);
        if (holder is not null)
        {
            var isSame = holder.ProjectId == draft.ProjectId && holder.CreatedById == draft.PersonId && now - holder.CreatedAt < Again
                && string.Equals(holder.Repository, draft.Repository, StringComparison.Ordinal)
                && string.Equals(holder.Branch, draft.Branch, StringComparison.Ordinal);
            return isSame ? holder.Id : null;
        }

        var workspace = new Workspace
        {
            ProjectId = draft.ProjectId,
            Slug = draft.Slug,
            Repository = draft.Repository,
            Branch = draft.Branch,
            Purpose = draft.Purpose,
            CreatedAt = now,
            CreatedById = draft.PersonId,
        };
        db.Workspaces.Add(workspace);
        await db.SaveChangesAsync(cancellation);
        await audit.AppendAsync(
            db, draft.PersonId, AuditAct.WorkspaceCreated, $"workspace:{workspace.Id}",
            new { slug = draft.Slug, repository = draft.Repository, branch = draft.Branch, projectId = draft.ProjectId }, cancellation);
        return workspace.Id;
    }

    /// <returns>False when somebody else changed the workspace after the person saw it; nothing was written.</returns>
    public Task<bool> EditAsync(WorkspaceEdit edit, CancellationToken cancellation) => writer.RunAsync(
        async (db, token) =>
        {
            var before = await db.Workspaces.AsNoTracking().Where(workspace => workspace.Id == edit.WorkspaceId)
                .Select(workspace => new { repository = workspace.Repository, branch = workspace.Branch, purpose = workspace.Purpose })
                .SingleAsync(token);
            var after = new { repository = edit.Repository, branch = edit.Branch, purpose = edit.Purpose };
            var changed = await db.Workspaces.Where(workspace => workspace.Id == edit.WorkspaceId && workspace.Revision == edit.Revision)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(workspace => workspace.Repository, edit.Repository)
                        .SetProperty(workspace => workspace.Branch, edit.Branch)
                        .SetProperty(workspace => workspace.Purpose, edit.Purpose)
                        .SetProperty(workspace => workspace.Revision, workspace => workspace.Revision + 1),
                    token) == 1;
            if (changed)
            {
                await audit.AppendAsync(db, edit.PersonId, AuditAct.WorkspaceChanged, $"workspace:{edit.WorkspaceId}", new { before, after }, token);
            }

            return changed;
        },
        cancellation);

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
