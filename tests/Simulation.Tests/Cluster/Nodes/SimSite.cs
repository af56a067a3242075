using JobServer.Data;
using JobServer.Data.Blobs;
using JobServer.Data.Sqlite;
using JobServer.Data.Writing;
using JobServer.Simulation.Tests.Cluster.Checks;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Faults;
using JobServer.Simulation.Tests.Cluster.Network;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>What the nodes of one run share.</summary>
internal sealed class SimSite
{
    public required Simulator Simulator { get; init; }

    public required Swarm Swarm { get; init; }

    public required SimNetwork Network { get; init; }

    public required Observer Observer { get; init; }

    public required SimBlobs Blobs { get; init; }

    public required SimLogStore Logs { get; init; }

    public required string Folder { get; init; }

    public required string ConnectionString { get; init; }

    public required SeededRows Rows { get; init; }

    public Weather Weather { get; } = new();

    public int BackendId => Rows.BackendId;

    public string Token => Rows.Token;

    /// <summary>The data layer of production over the run's one database.</summary>
    public ServiceCollection DataServices(SimProcess process, int seed, Action die, Weather? weather = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = "Sqlite",
            ["Database:ConnectionString"] = ConnectionString,
            ["Blobs:Directory"] = Folder,
            ["Audit:Key"] = "a key that only tests use",
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(SimLogs.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton<TimeProvider>(process.Time);
        services.AddSingleton(new Random(HashCode(process.Number, seed, Simulator.Random.Next())));
        services.AddJobServerData(configuration, new SqliteProvider());
        services.AddSingleton<IWriteGate>(new SimGate(process, weather ?? Weather, Observer, die));
        services.AddSingleton<IDatabaseClock>(new SimClock(Simulator));
        services.AddSingleton<IBlobStore>(Blobs);
        services.AddSingleton(Logs.Open(process));
        return services;
    }

    // That of the framework differs from process to process.
    private static int HashCode(int one, int two, int three) => unchecked((((one * 397) ^ two) * 397) ^ three);
}
