using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace JobServer.Portal.Tests.Releases;

/// <summary>A portal with released files on a real port, which counts the calls that a hostile file makes home.</summary>
internal sealed class ServedSite : IAsyncDisposable
{
    private WebApplication _app = null!;
    private int _calls;

    private ServedSite(ReleasesSite site) => Site = site;

    public ReleasesSite Site { get; }

    public string Address { get; private set; } = "";

    /// <summary>Where nothing that a study made may get to.</summary>
    public string Call => Address + "/call";

    public int Calls => Volatile.Read(ref _calls);

    public static async Task<ServedSite> StartAsync()
    {
        var served = new ServedSite(await ReleasesSite.PrepareAsync());
        var builder = PortalHost.CreateBuilder([], "Testing");
        builder.Configuration.AddInMemoryCollection(served.Site.Settings);
        builder.Logging.ClearProviders();
        PortalHost.Add(builder);
        builder.Services.AddSingleton<TimeProvider>(served.Site.Data.Clock);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        served._app = builder.Build();
        PortalHost.Map(served._app);
        served._app.MapGet("/call", () =>
        {
            Interlocked.Increment(ref served._calls);
            return Results.Text("called");
        }).AllowAnonymous();
        await served._app.StartAsync();
        served.Address = served._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return served;
    }

    /// <summary>The study's developer, signed in.</summary>
    public async Task<IPage> SignInAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/login");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Sign in as {Site.Study.Developer.FullName}" }).ClickAsync();
        return page;
    }

    public static Task<IBrowser> ChromiumAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Site.DisposeAsync();
    }
}
