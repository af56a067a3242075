using JobServer.Portal.Security;
using Microsoft.Net.Http.Headers;

namespace JobServer.Portal.Releases;

/// <summary>One released file as an answer: its own content type, and no rights whatever it holds.</summary>
internal static class FileDownload
{
    public static async Task<IResult> OfAsync(HttpContext context, ReleasedFile file, ReleasedBlobs blobs, CancellationToken cancellationToken)
    {
        // First of all: a browser puts the headers of each answer, also of one without content, in place of those it kept.
        context.UseStudyContentPolicy();
        if (context.Request.Query.ContainsKey(FormattedText.Query) && FileTypes.Kind(file.Path) is FileKind.Markdown && file.Size <= FormattedText.MaxSize)
        {
            return await FormattedAsync(context, file, blobs, cancellationToken);
        }

        // The digest is the tag: whoever has it has the file, and nothing needs to be read to say so.
        var tag = new EntityTagHeaderValue($"\"{file.Digest}\"");
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            context.Response.Headers.ETag = tag.ToString();
            SetCaching(context);
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        // A large file is checked on its way out, which ends a damaged one before its last byte. A part of one is checked before.
        var isWhole = file.Size > ReleasedBlobs.MaxCheckedFirst && HttpMethods.IsGet(context.Request.Method) && context.Request.Headers is { Range.Count: 0, IfMatch.Count: 0, IfModifiedSince.Count: 0, IfUnmodifiedSince.Count: 0 };
        Stream content;
        try
        {
            content = HttpMethods.IsHead(context.Request.Method) ? blobs.OpenChecked(file)
                : isWhole ? blobs.OpenVerifying(file)
                : await blobs.OpenVerifiedAsync(file, cancellationToken);
        }
        catch (LargeFilesBusyException busy)
        {
            return Results.Problem(busy.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var headers = context.Response.Headers;
        SetCaching(context);
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
            entityTag: tag,
            enableRangeProcessing: !isWhole);
    }

    /// <summary>As a page of its own, under the same rules as one that a study wrote.</summary>
    private static async Task<IResult> FormattedAsync(HttpContext context, ReleasedFile file, ReleasedBlobs blobs, CancellationToken cancellationToken)
    {
        await using var content = await blobs.OpenVerifiedAsync(file, cancellationToken);
        SetCaching(context);
        return Results.Text(await FormattedText.PageAsync(content, cancellationToken), "text/html; charset=utf-8");
    }

    /// <summary>Asked again each time: a file that was deleted must not live on in a browser.</summary>
    private static void SetCaching(HttpContext context)
    {
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.Vary = "Cookie";
    }
}
