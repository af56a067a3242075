using JobServer.Portal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobServer.Benchmarks.Servers;

/// <summary>The real portal over a folder of its own.</summary>
internal static class PortalUnderTest
{
    public static WebApplication Create(string folder, string listen)
    {
        var builder = PortalHost.CreateBuilder([], "Testing");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = "Sqlite",
            ["Database:ConnectionString"] = $"Data Source={BenchmarkCoordinator.DatabaseIn(folder)}",
            ["Blobs:Directory"] = Path.Combine(folder, "blobs"),
            ["Audit:Key"] = "a key that only benchmarks use",
            ["Portal:DemoSignIn"] = "true",
            ["Portal:Coordinator:Address"] = "http://127.0.0.1:9",
            ["Portal:Coordinator:InternalToken"] = BenchmarkCoordinator.InternalToken,
        });
        builder.Logging.ClearProviders();
        PortalHost.Add(builder);
        builder.WebHost.UseUrls(listen);
        var portal = builder.Build();
        PortalHost.Map(portal);
        return portal;
    }

    /// <summary>Fills the database of a folder before the portal starts on it.</summary>
    public static async Task SeedAsync(string folder, Func<IServiceProvider, Task> seed)
    {
        await using var portal = Create(folder, ServerProcess.AnyPort);
        await portal.Services.GetRequiredService<Data.DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await seed(portal.Services);
    }
}
