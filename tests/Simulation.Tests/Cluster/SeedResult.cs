using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Faults;

namespace JobServer.Simulation.Tests.Cluster;

internal sealed record SeedResult
{
    public required int Seed { get; init; }

    public required Swarm Swarm { get; init; }

    public required Violation? Violation { get; init; }

    /// <summary>Of everything that happened: equal for equal runs.</summary>
    public required string Hash { get; init; }

    public required IReadOnlyList<string> Trace { get; init; }

    public required long Steps { get; init; }

    public required int Commits { get; init; }

    public required int Starts { get; init; }

    /// <summary>What happened to jobs, by kind.</summary>
    public required IReadOnlyDictionary<string, int> Happened { get; init; }

    public required int Jobs { get; init; }

    /// <summary>The status codes of all jobs.</summary>
    public required IReadOnlyList<string> Ends { get; init; }

    /// <summary>Virtual.</summary>
    public required TimeSpan Time { get; init; }
}
