using JobServer.Data;
using JobServer.Domain.Releases.Publications;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Releases.Publications;

/// <summary>The questions about publications that several pages ask.</summary>
internal static class PublicationQueries
{
    public static Task<bool> IsPublishedAsync(JobServerDb db, string releaseFileId, CancellationToken cancellationToken) =>
        db.PublicationFiles.AnyAsync(file => file.ReleaseFileId == releaseFileId && file.Publication.State == PublicationState.Published, cancellationToken);

    public static IQueryable<PublicationView> Views(this IQueryable<Publication> publications) => publications.Select(row => new PublicationView
    {
        Number = row.Id,
        WorkspaceId = row.WorkspaceId,
        Organisation = row.Workspace.Project.Organisation!.Slug,
        Project = row.Workspace.Project.Slug,
        ProjectName = row.Workspace.Project.Name,
        Workspace = row.Workspace.Slug,
        Title = row.Title,
        Reason = row.Reason,
        AuthorId = row.CreatedById,
        Author = row.CreatedBy.FullName,
        CreatedAt = row.CreatedAt,
        State = row.State,
        DecidedAt = row.DecidedAt,
        DecidedBy = row.DecidedBy!.FullName,
        DecisionComment = row.DecisionComment,
        UnpublishedAt = row.UnpublishedAt,
        UnpublishedBy = row.UnpublishedBy!.FullName,
        UnpublishedReason = row.UnpublishedReason,
        Files = row.Files.Count,
    });

    /// <summary>Its files by path.</summary>
    /// <param name="db">The database.</param>
    /// <param name="number">Of the publication.</param>
    /// <param name="forPublic">Leaves out what was deleted: its name may say what it gave away.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public static async Task<IReadOnlyList<ReleasedFile>> FilesAsync(JobServerDb db, int number, bool forPublic, CancellationToken cancellationToken)
    {
        var files = await db.PublicationFiles.AsNoTracking().Where(file => file.PublicationId == number).Select(file => file.ReleaseFile)
            .OrderBy(file => file.Path).Views().ToListAsync(cancellationToken);
        return forPublic ? [.. files.Where(file => file.Deleted is null)] : files;
    }

    /// <summary>Asks again whether everybody may still see a file of a publication.</summary>
    public static Func<ReleasedFile, CancellationToken, Task<bool>> StillPublished(JobServerDb db, int number) => (file, cancellationToken) => db.PublicationFiles.AnyAsync(
        row => row.PublicationId == number && row.ReleaseFileId == file.Id && row.Publication.State == PublicationState.Published && row.ReleaseFile.DeletedAt == null,
        cancellationToken);
}
