using JobServer.Portal.Security;
using Microsoft.Net.Http.Headers;

namespace JobServer.Portal.Releases;

/// <summary>One released file as an answer: its own content type, and no rights whatever it holds.</summary>
internal static class FileDownload
{
    public static async Task<IResult> OfAsync(HttpContext context, ReleasedFile file, ReleasedBlobs blobs, CancellationToken cancellationToken)
    {
        var content = await blobs.OpenVerifiedAsync(file, cancellationToken);
        context.UseStudyContentPolicy();
        var headers = context.Response.Headers;

        // Asked again each time: a file that was deleted must not live on in a browser.
        headers.CacheControl = "private, no-cache";
        headers.Vary = "Cookie";
        var isShown = FileTypes.Kind(file.Path) is not FileKind.Other && !context.Request.Query.ContainsKey("download");
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(FileNames.ForDownload(file.Path));
        headers.ContentDisposition = disposition.ToString();
        return Results.Stream(
            content,
            FileTypes.ContentType(file.Path),
            lastModified: file.CreatedAt,
            entityTag: new EntityTagHeaderValue($"\"{file.Digest}\""),
            enableRangeProcessing: true);
    }
}
