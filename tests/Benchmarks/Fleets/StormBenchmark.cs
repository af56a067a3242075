using System.Diagnostics;
using JobServer.Benchmarks.Dispatch;
using JobServer.Benchmarks.Servers;

namespace JobServer.Benchmarks.Fleets;

/// <summary>A server goes and comes back; agents connect again with the production agent's waits and say what they hold.</summary>
internal static class StormBenchmark
{
    /// <summary>Of each agent.</summary>
    public const int Jobs = 3;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <param name="kind">What comes back.</param>
    /// <param name="agents">How many.</param>
    /// <param name="isKilled">Or stopped as an operator does, which tells each agent when to come back.</param>
    public static async Task<StormTimes> RunAsync(ServerKind kind, int agents, bool isKilled)
    {
        using var folder = new BenchmarkFolder();
        if (kind == ServerKind.Coordinator)
        {
            await CoordinatorUnderTest.SeedAsync(folder.Path, async services =>
                await Requests.SubmitAsync(services, await BenchmarkSite.MakeAsync(services), "go", agents * Jobs));
        }

        var server = await ServerProcess.StartAsync(kind, folder.Path);
        var address = server.Address;
        await using var fleet = new Fleet(address, kind, agents, Jobs, agents);
        await fleet.AnsweredAsync(1, Stopwatch.GetTimestamp());
        if (kind == ServerKind.Coordinator)
        {
            await fleet.HeldAsync(agents * Jobs);
        }

        await Task.Delay(Settling);
        await (isKilled ? server.KillAsync() : server.StopAsync());
        await server.DisposeAsync();

        var start = Stopwatch.GetTimestamp();
        await using var again = await ServerProcess.StartAsync(kind, folder.Path, address.GetLeftPart(UriPartial.Authority));
        var listening = Stopwatch.GetElapsedTime(start);
        var answered = await fleet.AnsweredAsync(2, start);
        return new StormTimes
        {
            Listening = listening,
            Answered = answered,
            Reconciled = fleet.Reconciled,
            Processor = again.ProcessorTime,
        };
    }
}
