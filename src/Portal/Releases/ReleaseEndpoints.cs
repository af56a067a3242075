using JobServer.Data;
using JobServer.Data.Releases;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Releases;

/// <summary>The addresses of released bytes: one file, and zips.</summary>
internal static class ReleaseEndpoints
{
    public static void MapReleases(this IEndpointRouteBuilder endpoints)
    {
        // The address names no project, so who may see the file is decided once the file's own project is known.
        endpoints.MapMethods("/api/v2/releases/file/{file}", [HttpMethods.Get, HttpMethods.Head], FileAsync)
            .WithMetadata(new RequiresPermissionAttribute(Permission.ViewPublicPages));
        endpoints.MapGet("/{org}/{project}/{workspace}/releases/{release}/download", ReleaseZipAsync)
            .WithMetadata(new RequiresPermissionAttribute(Permission.ViewReleasedFiles));
        endpoints.MapGet("/{org}/{project}/{workspace}/outputs/latest/download", LatestZipAsync)
            .WithMetadata(new RequiresPermissionAttribute(Permission.ViewReleasedFiles));
    }

    private static async Task<IResult> FileAsync(
        string file, HttpContext context, ReleasedFileAccess access, ReleasedBlobs blobs, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(file, context.Person(), cancellationToken) is not { } found)
        {
            return Results.NotFound();
        }

        if (!found.Decision.IsAllowed)
        {
            return Results.Problem(
                found.Decision.Explanation,
                statusCode: found.Decision.IsSignedIn ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized);
        }

        return found.File.Deleted is not null
            ? Results.Problem("This file was deleted.", statusCode: StatusCodes.Status404NotFound)
            : await FileDownload.OfAsync(context, found.File, blobs, cancellationToken);
    }

    private static async Task<IResult> ReleaseZipAsync(
        string release, HttpContext context, JobServerDb db, ReleasedBlobs blobs, CancellationToken cancellationToken)
    {
        var workspace = context.Workspace();
        var id = ReleaseIds.Read(release);
        var files = await db.ReleaseFiles.AsNoTracking().Where(file => file.ReleaseId == id && file.WorkspaceId == workspace.Id)
            .OrderBy(file => file.Path).Views().ToListAsync(cancellationToken);
        return files.Count == 0 ? Results.NotFound() : ReleaseZips.Of($"release-{id}.zip", workspace.Slug, files, ReleaseQueries.StillReleased(db), blobs);
    }

    private static async Task<IResult> LatestZipAsync(
        HttpContext context, JobServerDb db, ReleasedBlobs blobs, CancellationToken cancellationToken)
    {
        var workspace = context.Workspace();
        var files = await LatestFiles.Of(db, workspace.Id).AsNoTracking()
            .OrderBy(file => file.Path).Views().ToListAsync(cancellationToken);
        return files.Count == 0 ? Results.NotFound() : ReleaseZips.Of($"workspace-{workspace.Slug}.zip", workspace.Slug, files, ReleaseQueries.StillReleased(db), blobs);
    }
}
