using JobServer.Coordinator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace JobServer.Benchmarks;

/// <summary>The real host over an SQLite file in a folder of the run.</summary>
internal static class BenchmarkCoordinator
{
    public const string InternalToken = "a token between hosts that only benchmarks use";

    public static async Task<WebApplication> StartAsync(string folder)
    {
        var coordinator = CoordinatorHost.Create([], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Database:ConnectionString"] = $"Data Source={DatabaseIn(folder)}",
                ["Blobs:Directory"] = Path.Combine(folder, "blobs"),
                ["Mail:Folder"] = Path.Combine(folder, "mail"),
                ["Audit:Key"] = "a key that only benchmarks use",
                ["Coordinator:Listen"] = "http://127.0.0.1:0",
                ["Coordinator:InternalToken"] = InternalToken,
            });
        });
        await coordinator.StartAsync();
        return coordinator;
    }

    public static string DatabaseIn(string folder) => Path.Combine(folder, "jobserver.db");
}
