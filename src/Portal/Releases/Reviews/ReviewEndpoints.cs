using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;

namespace JobServer.Portal.Releases.Reviews;

/// <summary>The bytes of files in quarantine, for checkers and nobody else.</summary>
internal static class ReviewEndpoints
{
    public static void MapReviews(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/reviews/{review:int}/files/{reviewFile:long}", FileAsync)
            .WithMetadata(new RequiresPermissionAttribute(Permission.ViewUnreleasedOutputs));

    private static async Task<IResult> FileAsync(
        int review, long reviewFile, HttpContext context, JobServerDb db, ReleasedBlobs blobs, CancellationToken cancellationToken) =>
        await ReviewQueries.FindAsync(db, review, cancellationToken) is { } request
            && await ReviewAccess.IsCheckerAsync(db, request, context.Person()!.Id, cancellationToken)
            && request.Files.FirstOrDefault(file => file.Id == reviewFile) is { } file
            ? await FileDownload.OfAsync(context, file.Bytes, blobs, cancellationToken)
            : Results.NotFound();
}
