using System.Globalization;
using System.Text;
using JobServer.Portal.Limits;

namespace JobServer.Portal.Live;

/// <summary>
/// Server-sent events for one live part of a page. Waits for a signal or a second, reads the revision, and sends the
/// fragment only when it changed. Event ids are revisions, so a browser that reconnects says what it has.
/// </summary>
internal sealed class LiveStream(
    ChangeHub hub, LiveConnections connections, LiveRights rights, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public const string ChangedEvent = "changed";
    public const string DoneEvent = "done";
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>So long after a right was lost, the page knows at the latest; whatever is sent asks first.</summary>
    private static readonly TimeSpan RightsEvery = TimeSpan.FromSeconds(5);

    /// <summary>Serves the stream until the client leaves or may not see it any more, the host stops, or nothing more will change.</summary>
    public async Task<IResult> ServeAsync(HttpContext context, LiveView view)
    {
        var caller = Caller.Of(context);
        if (!connections.TryEnter(caller))
        {
            context.Response.Headers.RetryAfter = "10";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await RunAsync(context, view, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            connections.Leave(caller);
        }

        return Results.Empty;
    }

    private async Task RunAsync(HttpContext context, LiveView view, CancellationToken cancellation)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        using var subscription = hub.Subscribe(view.Keys);
        await response.WriteAsync(": hello\n\n", cancellation);
        await response.Body.FlushAsync(cancellation);

        var shown = Shown(context.Request);
        var written = time.GetTimestamp();
        var asked = written;
        while (true)
        {
            var now = await view.ReadAsync(cancellation);
            var standing = LiveStanding.Same;
            if ((now is { } seen && seen.Value != shown) || time.GetElapsedTime(asked) >= RightsEvery)
            {
                asked = time.GetTimestamp();
                standing = await rights.LookAsync(context, cancellation);

                // Who is signed out may go on as a visitor: the browser asks again, and is nobody in particular.
                if (standing == LiveStanding.SignedOut)
                    return;
                if (standing != LiveStanding.Same)
                    now = standing == LiveStanding.Refused ? null : await view.ReadAsync(cancellation);
            }

            if (now is { } revision && (revision.Value != shown || standing == LiveStanding.Changed))
            {
                var fragment = view.RenderSinceAsync is { } since
                    ? await since(standing == LiveStanding.Changed ? null : shown, cancellation)
                    : new LiveFragment(ChangedEvent, await view.RenderAsync(cancellation));
                await WriteAsync(response, fragment.Event, revision.Value, fragment.Html, cancellation);
                shown = revision.Value;
                written = time.GetTimestamp();
            }

            if (now is null or { Final: true })
            {
                await WriteAsync(response, DoneEvent, shown, "", cancellation);
                return;
            }

            if (time.GetElapsedTime(written) >= Heartbeat)
            {
                await response.WriteAsync(": still here\n\n", cancellation);
                await response.Body.FlushAsync(cancellation);
                written = time.GetTimestamp();
            }

            await subscription.WaitAsync(Poll, time, cancellation);
        }
    }

    private static async Task WriteAsync(
        HttpResponse response, string name, long? revision, string html, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        if (revision is { } id)
            text.Append("id: ").Append(id).Append('\n');
        text.Append("event: ").Append(name).Append('\n');
        // A line break of any kind ends a field, so each line is a field of its own.
        foreach (var line in html.ReplaceLineEndings("\n").Split('\n'))
            text.Append("data: ").Append(line).Append('\n');
        await response.WriteAsync(text.Append('\n').ToString(), cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    /// <summary>The revision that the page was drawn from (<c>?since=</c>), or that the last event brought.</summary>
    private static long? Shown(HttpRequest request)
    {
        var last = request.Headers["Last-Event-ID"].ToString();
        return long.TryParse(last.Length > 0 ? last : request.Query["since"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : null;
    }
}
