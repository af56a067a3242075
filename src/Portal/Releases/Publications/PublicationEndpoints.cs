using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Releases.Publications;
using JobServer.Portal.Access;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Releases.Publications;

/// <summary>All files of a publication as a zip: for everybody while it is published, else for those who may see released files.</summary>
internal static class PublicationEndpoints
{
    public static void MapPublications(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/{org}/{project}/{workspace}/published/{publication:int}/download", ZipAsync)
            .WithMetadata(new RequiresPermissionAttribute(Permission.ViewPublishedFiles));

    private static async Task<IResult> ZipAsync(
        int publication, HttpContext context, JobServerDb db, ReleasedBlobs blobs, CancellationToken cancellationToken)
    {
        var workspace = context.Workspace();
        var seesAll = context.May(Permission.ViewReleasedFiles);
        var isThere = await db.Publications.AnyAsync(
            row => row.Id == publication && row.WorkspaceId == workspace.Id && (seesAll || row.State == PublicationState.Published), cancellationToken);
        return isThere
            ? ReleaseZips.Of(
                $"{workspace.Slug}-published-{publication}.zip", workspace.Slug,
                await PublicationQueries.FilesAsync(db, publication, forPublic: !seesAll, cancellationToken),
                seesAll ? ReleaseQueries.StillReleased(db) : PublicationQueries.StillPublished(db, publication), blobs)
            : Results.NotFound();
    }
}
