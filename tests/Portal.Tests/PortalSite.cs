using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using JobServer.Portal.Tests.Probes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobServer.Portal.Tests;

/// <summary>The whole portal in memory, put together as in production.</summary>
internal sealed class PortalSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PortalSite(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    /// <param name="settings">Settings that win over <c>portal.json</c>.</param>
    /// <param name="configure">Last changes to services.</param>
    /// <param name="map">Endpoints for this test alone.</param>
    /// <param name="environment">Name of the environment.</param>
    public static async Task<PortalSite> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null,
        Action<WebApplication>? map = null, string environment = "Testing")
    {
        var builder = PortalHost.CreateBuilder([], environment);
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Logging.ClearProviders();
        PortalHost.Add(builder);
        builder.Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        configure?.Invoke(builder.Services);
        builder.WebHost.UseTestServer();
        var app = builder.Build();
        PortalHost.Map(app);
        ProbeEndpoints.Map(app);
        map?.Invoke(app);
        await app.StartAsync();
        return new PortalSite(app);
    }

    /// <summary>A browser of its own: keeps cookies, follows no redirects.</summary>
    public Browser NewBrowser() => new(_app.GetTestServer());

    public static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
