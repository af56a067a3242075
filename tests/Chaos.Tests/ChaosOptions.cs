namespace JobServer.Chaos.Tests;

/// <summary>How long and how: from the environment, which <c>scripts/chaos.sh</c> sets.</summary>
internal sealed record ChaosOptions
{
    public required int Kills { get; init; }

    public required int Seed { get; init; }

    /// <summary>Where the folder of the run is made.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the report is written too, for whoever started the run; null: nowhere.</summary>
    public string? Report { get; init; }

    public static ChaosOptions Read()
    {
        var seed = Number("JOBSERVER_CHAOS_SEED") ?? Environment.TickCount;
        var parent = Environment.GetEnvironmentVariable("JOBSERVER_CHAOS_FOLDER") is { Length: > 0 } given ? given : Path.GetTempPath();
        return new ChaosOptions
        {
            Kills = Number("JOBSERVER_CHAOS_KILLS") ?? 10,
            Seed = seed,
            Folder = Path.Join(Path.GetFullPath(parent), $"jobserver-chaos-{Environment.ProcessId}-{seed}"),
            Report = Environment.GetEnvironmentVariable("JOBSERVER_CHAOS_REPORT"),
        };
    }

    private static int? Number(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : null;
}
