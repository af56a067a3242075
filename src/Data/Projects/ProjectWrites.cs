using System.Data.Common;
using JobServer.Data.Audit;
using JobServer.Data.Redirects;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Redirects;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Projects;

/// <summary>What people do to a project itself, each with its line in the audit log.</summary>
public sealed class ProjectWrites(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    /// <summary>Renames, and keeps the address that is left so that it leads to the new one.</summary>
    public async Task<RenameOutcome> RenameAsync(RenameProject command, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunAsync((db, token) => RenameAsync(db, command, token), cancellationToken);
        }
        catch (DbException)
        {
            // Somebody else took the address between the look and the write; anything else is a fault.
            if (await writer.RunAsync((db, token) => IsTakenAsync(db, command, token), cancellationToken))
            {
                return RenameOutcome.AddressTaken;
            }

            throw;
        }
    }

    private async Task<RenameOutcome> RenameAsync(JobServerDb db, RenameProject command, CancellationToken cancellationToken)
    {
        var before = await db.Projects.AsNoTracking().Where(project => project.Id == command.ProjectId)
            .Select(project => new { project.Name, project.Slug, project.Revision, Organisation = project.Organisation!.Slug })
            .SingleOrDefaultAsync(cancellationToken);
        if (before is null || before.Revision != command.Revision)
        {
            return RenameOutcome.ChangedMeanwhile;
        }

        if (string.Equals(before.Name, command.Name, StringComparison.Ordinal) && string.Equals(before.Slug, command.Slug, StringComparison.Ordinal))
        {
            return RenameOutcome.Unchanged;
        }

        if (await IsTakenAsync(db, command, cancellationToken))
        {
            return RenameOutcome.AddressTaken;
        }

        var changed = await db.Projects.Where(project => project.Id == command.ProjectId && project.Revision == command.Revision)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(project => project.Name, command.Name)
                    .SetProperty(project => project.Slug, command.Slug)
                    .SetProperty(project => project.Revision, project => project.Revision + 1),
                cancellationToken);
        if (changed != 1)
        {
            return RenameOutcome.ChangedMeanwhile;
        }

        if (before.Organisation is { } organisation && !string.Equals(before.Slug, command.Slug, StringComparison.OrdinalIgnoreCase))
        {
            var former = new Redirect
            {
                Path = FormerAddresses.PathOf(organisation, before.Slug),
                ProjectId = command.ProjectId,
                CreatedAt = timeProvider.GetUtcNow(),
                CreatedById = command.PersonId,
            };
            await FormerAddresses.KeepAsync(db, former, FormerAddresses.PathOf(organisation, command.Slug), cancellationToken);
        }

        await audit.AppendAsync(
            db, command.PersonId, AuditAct.ProjectRenamed, $"project:{command.ProjectId}",
            new { from = before.Name, fromSlug = before.Slug, to = command.Name, toSlug = command.Slug }, cancellationToken);
        return RenameOutcome.Renamed;
    }

    private static Task<bool> IsTakenAsync(JobServerDb db, RenameProject command, CancellationToken cancellationToken) => db.Projects.AnyAsync(
        other => other.Id != command.ProjectId && other.Slug == command.Slug
            && other.OrganisationId != null
            && db.Projects.Any(project => project.Id == command.ProjectId && project.OrganisationId == other.OrganisationId),
        cancellationToken);
}
