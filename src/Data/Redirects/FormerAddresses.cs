using JobServer.Domain.Redirects;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Redirects;

/// <summary>
/// Addresses that organisations, projects, workspaces and backends had before. They lead to a thing by its id, so one step leads
/// to where it is now, however often it was renamed.
/// </summary>
public static class FormerAddresses
{
    /// <summary>The form in which addresses are kept.</summary>
    public static string PathOf(params ReadOnlySpan<string> slugs) => string.Join('/', slugs).ToLowerInvariant();

    /// <summary>Keeps the address that a thing leaves, in the transaction in which it does. The newest taker of an address wins.</summary>
    /// <param name="db">The context of the unit of work that renames.</param>
    /// <param name="former">The address that is left.</param>
    /// <param name="taken">The address that the thing has now, which leads nowhere else any more.</param>
    /// <param name="cancellationToken">Nothing half is written.</param>
    public static async Task KeepAsync(JobServerDb db, Redirect former, string taken, CancellationToken cancellationToken)
    {
        await db.Redirects.Where(row => row.Path == former.Path || row.Path == taken).ExecuteDeleteAsync(cancellationToken);
        db.Redirects.Add(former);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Gives an address to something new: nothing that had it before is led to any more.</summary>
    public static Task TakeAsync(JobServerDb db, string taken, CancellationToken cancellationToken) =>
        db.Redirects.Where(row => row.Path == taken).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Where the thing is now that had the longest of these addresses; null when none of them was anybody's.</summary>
    public static async Task<FormerAddress?> FindAsync(JobServerDb db, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var found = await db.Redirects.AsNoTracking().Where(redirect => paths.Contains(redirect.Path))
            .Select(redirect => new
            {
                redirect.Path,
                Organisation = db.Organisations.Where(row => row.Id == redirect.OrganisationId).Select(row => row.Slug).FirstOrDefault(),
                Project = db.Projects.Where(row => row.Id == redirect.ProjectId && row.OrganisationId != null)
                    .Select(row => row.Organisation!.Slug + "/" + row.Slug).FirstOrDefault(),
                Workspace = db.Workspaces.Where(row => row.Id == redirect.WorkspaceId && row.Project.OrganisationId != null)
                    .Select(row => row.Project.Organisation!.Slug + "/" + row.Project.Slug + "/" + row.Slug).FirstOrDefault(),
                Backend = db.Backends.Where(row => row.Id == redirect.BackendId).Select(row => "status/" + row.Slug).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);

        // A project that lost its organisation has no address; a shorter one of its former addresses may still lead on.
        return found.Select(row => (row.Path, Now: row.Workspace ?? row.Project ?? row.Organisation ?? row.Backend))
            .Where(row => row.Now is not null)
            .OrderByDescending(row => row.Path.Length)
            .Select(row => new FormerAddress(row.Path, row.Now!))
            .FirstOrDefault();
    }
}
