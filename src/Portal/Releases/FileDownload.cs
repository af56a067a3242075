using JobServer.Portal.Security;
using Microsoft.Net.Http.Headers;

namespace JobServer.Portal.Releases;

/// <summary>One released file as an answer: its own content type, and no rights whatever it holds.</summary>
internal static class FileDownload
{
    public static async Task<IResult> OfAsync(HttpContext context, ReleasedFile file, ReleasedBlobs blobs, CancellationToken cancellationToken)
    {
        if (context.Request.Query.ContainsKey(FormattedText.Query) && FileTypes.Kind(file.Path) is FileKind.Markdown && file.Size <= FormattedText.MaxSize)
        {
            return await FormattedAsync(context, file, blobs, cancellationToken);
        }

        // A large file is checked on its way out, which ends a damaged one before its last byte. A part of one is checked before.
        var isWhole = file.Size > ReleasedBlobs.MaxCheckedFirst && HttpMethods.IsGet(context.Request.Method) && context.Request.Headers is { Range.Count: 0, IfNoneMatch.Count: 0, IfModifiedSince.Count: 0 };
        var content = HttpMethods.IsHead(context.Request.Method) ? blobs.OpenChecked(file)
            : isWhole ? blobs.OpenVerifying(file)
            : await blobs.OpenVerifiedAsync(file, cancellationToken);
        context.UseStudyContentPolicy();
        var headers = context.Response.Headers;

        // Asked again each time: a file that was deleted must not live on in a browser.
        headers.CacheControl = "private, no-cache";
        headers.Vary = "Cookie";
        var isShown = FileTypes.Kind(file.Path) is not FileKind.Other && !context.Request.Query.ContainsKey("download");
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(FileNames.ForDownload(file.Path));
        headers.ContentDisposition = disposition.ToString();
        if (isWhole)
        {
            headers.ContentLength = file.Size;
            headers.AcceptRanges = "bytes";
        }

        return Results.Stream(
            content,
            FileTypes.ContentType(file.Path),
            lastModified: file.CreatedAt,
            entityTag: new EntityTagHeaderValue($"\"{file.Digest}\""),
            enableRangeProcessing: !isWhole);
    }

    /// <summary>As a page of its own, under the same rules as one that a study wrote.</summary>
    private static async Task<IResult> FormattedAsync(HttpContext context, ReleasedFile file, ReleasedBlobs blobs, CancellationToken cancellationToken)
    {
        await using var content = await blobs.OpenVerifiedAsync(file, cancellationToken);
        context.UseStudyContentPolicy();
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.Vary = "Cookie";
        return Results.Text(await FormattedText.PageAsync(content, cancellationToken), "text/html; charset=utf-8");
    }
}
