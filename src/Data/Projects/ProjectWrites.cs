using System.Data.Common;
using JobServer.Data.Audit;
using JobServer.Data.Redirects;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Projects;
using JobServer.Domain.Redirects;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Projects;

/// <summary>What people change about a project itself, each with its line in the audit log. An address that it leaves leads on to it.</summary>
public sealed class ProjectWrites(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    /// <param name="edit">The project as shown.</param>
    /// <param name="name">Valid.</param>
    /// <param name="slug">Valid, and none of the site's own words.</param>
    /// <param name="cancellationToken">Gives the change up.</param>
    public Task<ProjectOutcome> RenameAsync(ProjectEdit edit, string name, string slug, CancellationToken cancellationToken) =>
        RunAsync(edit, project => project with { Facts = project.Facts with { Name = name, Slug = slug } }, AuditAct.ProjectRenamed, cancellationToken);

    public Task<ProjectOutcome> ChangeAsync(ProjectEdit edit, ProjectFacts facts, CancellationToken cancellationToken) =>
        RunAsync(edit, project => project with { Facts = facts }, AuditAct.ProjectChanged, cancellationToken);

    /// <summary>Attaches it to an organisation, or moves it to another one. Its members, workspaces and releases go with it.</summary>
    public Task<ProjectOutcome> MoveAsync(ProjectEdit edit, int organisationId, CancellationToken cancellationToken) =>
        RunAsync(edit, project => project with { OrganisationId = organisationId }, AuditAct.ProjectMoved, cancellationToken);

    private async Task<ProjectOutcome> RunAsync(ProjectEdit edit, Func<Place, Place> change, AuditAct act, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunAsync((db, token) => ApplyAsync(db, edit, change, act, token), cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            // Somebody else took the address or the number between the look and the write; anything else is a fault.
            if (await writer.RunAsync((db, token) => CollisionAsync(db, edit, change, token), cancellationToken) is { } collision)
            {
                return collision;
            }

            throw;
        }
    }

    private async Task<ProjectOutcome> ApplyAsync(JobServerDb db, ProjectEdit edit, Func<Place, Place> change, AuditAct act, CancellationToken cancellationToken)
    {
        // Takes the row's lock with its revision, so that of two writers at once one finds it changed.
        var rows = db.Projects.Where(row => row.Id == edit.ProjectId && row.Revision == edit.Revision);
        if (await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision), cancellationToken) != 1)
        {
            return ProjectOutcome.ChangedMeanwhile;
        }

        var project = await rows.AsTracking().SingleAsync(cancellationToken);
        var (before, after) = (Of(project), change(Of(project)));
        if (after == before)
        {
            return ProjectOutcome.Unchanged;
        }

        if (await ProjectCollisions.FindAsync(db, after.OrganisationId, after.Facts.Slug, after.Facts.Number, project.Id, cancellationToken) is { } collision)
        {
            return collision;
        }

        (project.Name, project.Slug, project.Number) = (after.Facts.Name, after.Facts.Slug, after.Facts.Number);
        (project.Status, project.StatusNote, project.Weight) = (after.Facts.Status, after.Facts.StatusNote, after.Facts.Weight);
        project.OrganisationId = after.OrganisationId;
        project.Revision++;
        await KeepAddressAsync(db, edit, before, after, cancellationToken);
        await audit.AppendAsync(db, edit.PersonId, act, $"project:{project.Id}", new { from = before.Told(), to = after.Told() }, cancellationToken);
        return ProjectOutcome.Changed;
    }

    private async Task KeepAddressAsync(JobServerDb db, ProjectEdit edit, Place before, Place after, CancellationToken cancellationToken)
    {
        if (await AddressAsync(db, after, cancellationToken) is not { } taken)
        {
            return;
        }

        var former = await AddressAsync(db, before, cancellationToken);
        if (former is null)
        {
            await FormerAddresses.TakeAsync(db, taken, cancellationToken);
        }
        else if (!string.Equals(former, taken, StringComparison.Ordinal))
        {
            var left = new Redirect { Path = former, ProjectId = edit.ProjectId, CreatedAt = timeProvider.GetUtcNow(), CreatedById = edit.PersonId };
            await FormerAddresses.KeepAsync(db, left, taken, cancellationToken);
        }
    }

    private static async Task<string?> AddressAsync(JobServerDb db, Place place, CancellationToken cancellationToken) =>
        await db.Organisations.Where(row => row.Id == place.OrganisationId).Select(row => row.Slug).SingleOrDefaultAsync(cancellationToken) is { } organisation
            ? FormerAddresses.PathOf(organisation, place.Facts.Slug)
            : null;

    private static async Task<ProjectOutcome?> CollisionAsync(JobServerDb db, ProjectEdit edit, Func<Place, Place> change, CancellationToken cancellationToken)
    {
        if (await db.Projects.AsNoTracking().SingleOrDefaultAsync(row => row.Id == edit.ProjectId, cancellationToken) is not { } project)
        {
            return ProjectOutcome.ChangedMeanwhile;
        }

        var after = change(Of(project));
        return await ProjectCollisions.FindAsync(db, after.OrganisationId, after.Facts.Slug, after.Facts.Number, project.Id, cancellationToken);
    }

    private static Place Of(Project project) => new(
        project.OrganisationId,
        new ProjectFacts
        {
            Name = project.Name,
            Slug = project.Slug,
            Number = project.Number,
            Status = project.Status,
            StatusNote = project.StatusNote,
            Weight = project.Weight,
        });

    /// <summary>Where a project is, and what is said of it.</summary>
    private sealed record Place(int? OrganisationId, ProjectFacts Facts)
    {
        public object Told() => new
        {
            organisation = OrganisationId,
            name = Facts.Name,
            slug = Facts.Slug,
            number = Facts.Number,
            status = SnakeCase.Of(Facts.Status),
            note = Facts.StatusNote,
            weight = Facts.Weight,
        };
    }
}
