using System.IO.Compression;
using JobServer.Portal.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace JobServer.Portal.Releases;

/// <summary>A zip written straight to the response: memory stays the same however large the files are.</summary>
internal sealed class ZipDownload(string fileName, IReadOnlyList<ZipEntrySource> entries) : IActionResult, IResult
{
    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellation = httpContext.RequestAborted;
        // Before the first byte: after it no error can be said any more.
        foreach (var entry in entries)
        {
            if (!IsSafe(entry.Path))
                throw new InvalidOperationException("A path that may not be in a zip: the rows are damaged.");
        }

        var response = httpContext.Response;
        httpContext.UseStudyContentPolicy();
        response.ContentType = "application/zip";
        response.Headers.CacheControl = "private, no-store";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        response.Headers.ContentDisposition = disposition.ToString();
        // The zip writer writes its small headers synchronously, which the response's own stream refuses.
        var zip = await ZipArchive.CreateAsync(
            response.BodyWriter.AsStream(), ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        try
        {
            foreach (var entry in entries)
                await AddAsync(zip, entry, cancellation);
        }
        catch (Exception error)
        {
            // Closing the archive would write its index, and a zip with a wrong or missing file would pass as whole.
            httpContext.Abort();
            if (error is DamagedBlobException)
                return;
            throw;
        }

        await zip.DisposeAsync();
    }

    /// <summary>A relative path that unpacks below the folder where the zip is unpacked, on any system.</summary>
    public static bool IsSafe(string path) =>
        path is { Length: > 0 and <= 1_000 }
        && !path.Contains('\\') && !path.Contains(':') && !path.Any(char.IsControl)
        && path.Split('/').All(part => part is not ("" or "." or ".."));

    private static async Task AddAsync(ZipArchive zip, ZipEntrySource entry, CancellationToken cancellation)
    {
        await using var from = await entry.OpenAsync(cancellation);
        var made = zip.CreateEntry(entry.Path, CompressionLevel.Fastest);
        made.LastWriteTime = entry.At;
        await using var to = await made.OpenAsync(cancellation);
        await from.CopyToAsync(to, cancellation);
    }
}
