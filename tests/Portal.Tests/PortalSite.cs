using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using JobServer.Domain.Users;
using JobServer.Portal.Tests.Probes;
using JobServer.TestCommon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobServer.Portal.Tests;

/// <summary>The whole portal in memory, put together as in production, over a real database of its own.</summary>
internal sealed class PortalSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PortalSite(WebApplication app, TestSite data)
    {
        _app = app;
        Data = data;
    }

    /// <summary>The rows: make people, projects and runs here before a page is asked for.</summary>
    public TestSite Data { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="settings">Settings that win over <c>portal.json</c> and over those of tests.</param>
    /// <param name="configure">Last changes to services.</param>
    /// <param name="map">Endpoints for this test alone, open to everybody.</param>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="usesTestClock">The portal goes by <see cref="TestSite.Clock"/>, which stands still; otherwise by the real one.</param>
    public static async Task<PortalSite> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null,
        Action<IEndpointRouteBuilder>? map = null, string environment = "Testing", bool usesTestClock = false)
    {
        var data = await TestSite.CreateAsync();
        try
        {
            var builder = PortalHost.CreateBuilder([], environment);
            builder.Configuration.AddInMemoryCollection(Settings(data));
            if (environment == "Production")
            {
                builder.Configuration.AddInMemoryCollection(TestCertificate.Settings(data.Database.Folder));
            }

            builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
            builder.Logging.ClearProviders();
            PortalHost.Add(builder);
            if (usesTestClock)
            {
                builder.Services.AddSingleton<TimeProvider>(data.Clock);
            }

            builder.Services.AddQueryGuard();
            configure?.Invoke(builder.Services);
            builder.WebHost.UseTestServer();
            var app = builder.Build();
            PortalHost.Map(app);
            var probes = app.MapGroup("").AllowAnonymous();
            ProbeEndpoints.Map(probes);
            map?.Invoke(probes);
            await app.StartAsync();
            return new PortalSite(app, data);
        }
        catch
        {
            await data.DisposeAsync();
            throw;
        }
    }

    /// <summary>A browser of its own: keeps cookies, follows no redirects.</summary>
    public Browser NewBrowser() => new(_app.GetTestServer());

    /// <summary>A browser in which a person is signed in.</summary>
    public async Task<Browser> SignInAsync(User person)
    {
        var browser = NewBrowser();
        (await browser.GetAsync(ProbeEndpoints.SignIn(person.Id))).EnsureSuccessStatusCode();
        return browser;
    }

    public static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Data.DisposeAsync();
    }

    private static Dictionary<string, string?> Settings(TestSite data) => new()
    {
        ["Database:Provider"] = "Sqlite",
        ["Database:ConnectionString"] = data.Database.ConnectionString,
        ["Blobs:Directory"] = Path.Combine(data.Database.Folder, "blobs"),
        ["Audit:Key"] = "a key that only tests use",
        ["Portal:Coordinator:InternalToken"] = "a token between hosts that only tests use",

        // Nobody listens here: a Portal serves its pages without a Coordinator.
        ["Portal:Coordinator:Address"] = "http://127.0.0.1:9",
        ["CodeHosts:GitHub:ApiAddress"] = "http://127.0.0.1:9",
    };
}
