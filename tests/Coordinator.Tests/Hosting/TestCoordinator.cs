using Grpc.Core;
using Grpc.Net.Client;
using JobServer.TestCommon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Coordinator.Tests.Hosting;

/// <summary>The real host on a free port of the loopback interface, over the database of a test's site.</summary>
public sealed class TestCoordinator : IAsyncDisposable
{
    public const string InternalToken = "an internal token that only tests use";

    private readonly WebApplication _app;

    private TestCoordinator(WebApplication app)
    {
        _app = app;
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        Channel = GrpcChannel.ForAddress(address);
    }

    public GrpcChannel Channel { get; }

    /// <param name="site">Its database, blobs and, unless told otherwise, its clock are the Coordinator's.</param>
    /// <param name="settings">What differs from the test's usual settings.</param>
    /// <param name="clock">In place of the site's.</param>
    public static async Task<TestCoordinator> StartAsync(TestSite site, Dictionary<string, string?>? settings = null, TimeProvider? clock = null)
    {
        var app = Create(site, settings, clock);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new TestCoordinator(app);
    }

    public static WebApplication Create(TestSite site, Dictionary<string, string?>? settings = null, TimeProvider? clock = null) => CoordinatorHost.Create([], builder =>
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = "Sqlite",
            ["Database:ConnectionString"] = site.Database.ConnectionString,
            ["Blobs:Directory"] = Path.Combine(site.Database.Folder, "blobs"),
            ["Audit:Key"] = "a key that only tests use",
            ["Mail:Folder"] = Path.Combine(site.Database.Folder, "mail"),
            ["Coordinator:Listen"] = "http://127.0.0.1:0",
            ["Coordinator:InternalToken"] = InternalToken,
            ["Logging:LogLevel:Default"] = "None",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Services.AddSingleton(clock ?? site.Clock);
    });

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
