using System.Data.Common;
using JobServer.Data.Audit;
using JobServer.Data.Redirects;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Organisations;
using JobServer.Domain.Redirects;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Organisations;

/// <summary>What admins do to an organisation itself, each with its line in the audit log.</summary>
public sealed class OrganisationWrites(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    /// <returns>Its number, or null when another organisation has the slug.</returns>
    public async Task<int?> CreateAsync(CreateOrganisation command, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunAsync((db, token) => CreateAsync(db, command, token), cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody else took the slug between the look and the write; anything else is a fault.
            if (await writer.RunAsync((db, token) => IsTakenAsync(db, command.Slug, null, token), cancellationToken))
            {
                return null;
            }

            throw;
        }
    }

    /// <summary>Keeps the address that is left, so that it leads to the new one, with all that is below it.</summary>
    public async Task<OrganisationOutcome> ChangeAsync(
        OrganisationEdit edit, string name, string slug, string description, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunAsync((db, token) => ChangeAsync(db, edit, name, slug, description, token), cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            if (await writer.RunAsync((db, token) => IsTakenAsync(db, slug, edit.OrganisationId, token), cancellationToken))
            {
                return OrganisationOutcome.AddressTaken;
            }

            throw;
        }
    }

    private async Task<int?> CreateAsync(JobServerDb db, CreateOrganisation command, CancellationToken cancellationToken)
    {
        if (await IsTakenAsync(db, command.Slug, null, cancellationToken))
        {
            return null;
        }

        var organisation = new Organisation
        {
            Name = command.Name,
            Slug = command.Slug,
            Description = command.Description,
            CreatedAt = timeProvider.GetUtcNow(),
        };
        db.Organisations.Add(organisation);
        await FormerAddresses.TakeAsync(db, FormerAddresses.PathOf(command.Slug), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(
            db, command.PersonId, AuditAct.OrganisationCreated, Subject(organisation.Id), new { name = command.Name, slug = command.Slug }, cancellationToken);
        return organisation.Id;
    }

    private async Task<OrganisationOutcome> ChangeAsync(
        JobServerDb db, OrganisationEdit edit, string name, string slug, string description, CancellationToken cancellationToken)
    {
        // Takes the row's lock with its revision, so that of two writers at once one finds it changed.
        var rows = db.Organisations.Where(row => row.Id == edit.OrganisationId && row.Revision == edit.Revision);
        if (await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision), cancellationToken) != 1)
        {
            return OrganisationOutcome.ChangedMeanwhile;
        }

        var organisation = await rows.AsTracking().SingleAsync(cancellationToken);
        var before = new { name = organisation.Name, slug = organisation.Slug, description = organisation.Description };
        var after = new { name, slug, description };
        if (after.Equals(before))
        {
            return OrganisationOutcome.Unchanged;
        }

        if (await IsTakenAsync(db, slug, organisation.Id, cancellationToken))
        {
            return OrganisationOutcome.AddressTaken;
        }

        (organisation.Name, organisation.Slug, organisation.Description) = (name, slug, description);
        organisation.Revision++;
        if (!string.Equals(before.slug, slug, StringComparison.OrdinalIgnoreCase))
        {
            var former = new Redirect
            {
                Path = FormerAddresses.PathOf(before.slug),
                OrganisationId = organisation.Id,
                CreatedAt = timeProvider.GetUtcNow(),
                CreatedById = edit.PersonId,
            };
            await FormerAddresses.KeepAsync(db, former, FormerAddresses.PathOf(slug), cancellationToken);
        }

        await audit.AppendAsync(
            db, edit.PersonId, AuditAct.OrganisationChanged, Subject(organisation.Id), new { from = before, to = after }, cancellationToken);
        return OrganisationOutcome.Changed;
    }

    private static Task<bool> IsTakenAsync(JobServerDb db, string slug, int? except, CancellationToken cancellationToken) =>
        db.Organisations.AnyAsync(row => row.Slug == slug && row.Id != except, cancellationToken);

    private static string Subject(int id) => $"organisation:{id}";
}
