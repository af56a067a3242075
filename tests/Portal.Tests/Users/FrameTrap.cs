using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace JobServer.Portal.Tests.Users;

/// <summary>Stands where the Coordinator would and keeps the bytes of every frame that the Portal sends.</summary>
internal sealed class FrameTrap : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FrameTrap(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>The call, its headers and its body, byte by byte.</summary>
    public ConcurrentQueue<string> Frames { get; } = new();

    public static async Task<FrameTrap> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        var trap = new FrameTrap(app);
        app.Run(trap.KeepAsync);
        await app.StartAsync();
        return trap;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = string.Join(' ', context.Request.Headers.Select(header => $"{header.Key}={header.Value}"));
        Frames.Enqueue($"{context.Request.Path} {headers} {Encoding.Latin1.GetString(body.ToArray())}");

        // An empty answer: the call succeeded and has nothing to say.
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(new byte[5], context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
