using System.Collections.Concurrent;
using System.Net;
using JobServer.Contracts.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

/// <summary>A coordinator of a few rows in memory, over real HTTP/2 on loopback.</summary>
internal sealed class TestCoordinator : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestCoordinator(WebApplication app) => _app = app;

    public CoordinatorRows Rows => _app.Services.GetRequiredService<CoordinatorRows>();

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<TestCoordinator> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<CoordinatorRows>();
        var app = builder.Build();
        app.Use((context, next) =>
        {
            var rows = context.RequestServices.GetRequiredService<CoordinatorRows>();
            if (rows.ClockAhead != TimeSpan.Zero)
                context.Response.Headers.Date = (DateTimeOffset.UtcNow + rows.ClockAhead).ToString("R");

            return next(context);
        });
        app.MapGrpcService<TestAgentsService>();
        app.MapGrpcService<TestTransfersService>();
        await app.StartAsync();
        return new TestCoordinator(app);
    }

    public async ValueTask DisposeAsync()
    {
        Rows.CutAll();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
