using JobServer.Coordinator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace JobServer.Benchmarks.Servers;

/// <summary>The real host over a folder of its own: SQLite with synchronous=FULL, HTTP/2 on loopback.</summary>
internal static class CoordinatorUnderTest
{
    public const string InternalToken = "a token between hosts that only benchmarks use";

    /// <summary>Larger than any file of a benchmark, in bytes.</summary>
    private const long MaxUploadSize = 8L * 1024 * 1024 * 1024;

    public static WebApplication Create(string folder, string listen) => CoordinatorHost.Create([], builder =>
    {
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:ConnectionString"] = $"Data Source={Path.Combine(folder, "jobserver.db")}",
            ["Blobs:Directory"] = Path.Combine(folder, "blobs"),
            ["Mail:Folder"] = Path.Combine(folder, "mail"),
            ["Audit:Key"] = "a key that only benchmarks use",
            ["Coordinator:Listen"] = listen,
            ["Coordinator:InternalToken"] = InternalToken,
            ["Coordinator:MaxUploadSize"] = $"{MaxUploadSize}",
        });
    });

    /// <summary>Fills the database of a folder through a host that is stopped again before this returns.</summary>
    public static async Task SeedAsync(string folder, Func<IServiceProvider, Task> seed)
    {
        await using var coordinator = Create(folder, "http://127.0.0.1:0");
        await coordinator.StartAsync();
        await seed(coordinator.Services);
        await coordinator.StopAsync();
    }
}
