using System.Text;
using JobServer.Portal.Releases;
using JobServer.Portal.Security;
using Microsoft.Net.Http.Headers;

namespace JobServer.Portal.Logs;

/// <summary>The whole stored log as a file: its bytes as the job wrote them, a line in the place of each gap.</summary>
internal static class LogDownload
{
    private const int BufferSize = 64 * 1024;

    public static IResult Of(HttpContext context, JobLogSource source, LogRow log, Stream content)
    {
        context.UseStudyContentPolicy();
        context.Response.RegisterForDisposeAsync(content);
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-store";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(FileNames.ForDownload($"{source.Action}-{source.JobId}-{log.Fence}.txt"));
        headers.ContentDisposition = disposition.ToString();
        return Results.Stream(target => WriteAsync(source.JobId, log, content, target, context.RequestAborted), "text/plain; charset=utf-8");
    }

    private static async Task WriteAsync(string jobId, LogRow log, Stream content, Stream target, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        foreach (var (from, to, hole) in LogExcerpt.Stretches(log, 0, log.CommittedOffset))
        {
            if (hole is not null)
            {
                await target.WriteAsync(Encoding.UTF8.GetBytes($"\n{hole.Words}\n"), cancellationToken);
                continue;
            }

            // Only what is committed, however long the file is by now.
            for (var left = to - from; left > 0;)
            {
                var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
                if (read == 0)
                {
                    // A short file must not pass for the whole one.
                    throw new EndOfStreamException($"The stored log of job {jobId}, attempt {log.Fence}, is shorter than what was committed.");
                }

                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                left -= read;
            }
        }
    }
}
