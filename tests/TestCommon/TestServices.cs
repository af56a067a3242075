using JobServer.Data;
using JobServer.Data.Sqlite;
using JobServer.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.TestCommon;

/// <summary>The services of production over one SQLite file, with a clock and a seed of the test.</summary>
public static class TestServices
{
    public static ServiceProvider Build(string folder, string databasePath, TimeProvider clock, int seed)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = "Sqlite",
            ["Database:ConnectionString"] = $"Data Source={databasePath}",
            ["Blobs:Directory"] = Path.Combine(folder, "blobs"),
            ["Audit:Key"] = "a key that only tests use",
        }).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(clock)
            .AddSingleton<Random>(new SynchronizedRandom(seed))
            .AddJobServerData(configuration, new SqliteProvider())
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
