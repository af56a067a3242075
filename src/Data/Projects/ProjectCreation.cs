using JobServer.Data.Audit;
using JobServer.Data.Redirects;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Projects;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Projects;

/// <summary>Makes a project without an application, as admins do, with its line in the audit log.</summary>
public sealed class ProjectCreation(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    /// <returns>What became of it, and its number when it was made.</returns>
    public async Task<(ProjectOutcome Outcome, int Id)> CreateAsync(CreateProject command, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunAsync((db, token) => CreateAsync(db, command, token), cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody else took the address or the number between the look and the write; anything else is a fault.
            if (await writer.RunAsync((db, token) => CollisionAsync(db, command, token), cancellationToken) is { } collision)
            {
                return (collision, 0);
            }

            throw;
        }
    }

    /// <summary>Adds the row in the caller's unit of work: its address is its own from now on, and the audit log says who made it.</summary>
    /// <param name="db">The context of the unit of work.</param>
    /// <param name="audit">Where the line goes.</param>
    /// <param name="project">New, with who made it.</param>
    /// <param name="applicationId">Which application it was made from; null for none.</param>
    /// <param name="cancellationToken">Nothing half is written.</param>
    internal static async Task AddAsync(JobServerDb db, AuditLog audit, Project project, int? applicationId, CancellationToken cancellationToken)
    {
        db.Projects.Add(project);
        await db.SaveChangesAsync(cancellationToken);
        if (await db.Organisations.Where(row => row.Id == project.OrganisationId).Select(row => row.Slug).SingleOrDefaultAsync(cancellationToken) is { } organisation)
        {
            await FormerAddresses.TakeAsync(db, FormerAddresses.PathOf(organisation, project.Slug), cancellationToken);
        }

        await audit.AppendAsync(
            db, project.CreatedById, AuditAct.ProjectCreated, $"project:{project.Id}",
            new { project.Name, project.Slug, project.Number, project.OrganisationId, applicationId }, cancellationToken);
    }

    private async Task<(ProjectOutcome Outcome, int Id)> CreateAsync(JobServerDb db, CreateProject command, CancellationToken cancellationToken)
    {
        if (await CollisionAsync(db, command, cancellationToken) is { } collision)
        {
            return (collision, 0);
        }

        var project = new Project
        {
            Name = command.Name,
            Slug = command.Slug,
            Number = command.Number,
            OrganisationId = command.OrganisationId,
            CreatedAt = timeProvider.GetUtcNow(),
            CreatedById = command.PersonId,
        };
        await AddAsync(db, audit, project, applicationId: null, cancellationToken);
        return (ProjectOutcome.Changed, project.Id);
    }

    private static Task<ProjectOutcome?> CollisionAsync(JobServerDb db, CreateProject command, CancellationToken cancellationToken) =>
        ProjectCollisions.FindAsync(db, command.OrganisationId, command.Slug, command.Number, except: null, cancellationToken);
}
