using System.Diagnostics;
using JobServer.Benchmarks.Dispatch;
using JobServer.Benchmarks.Servers;

namespace JobServer.Benchmarks.Fleets;

/// <summary>Agents that only beat, each on a connection of its own, against a server in a process of its own.</summary>
internal static class IdleBenchmark
{
    private const int Slots = 3;
    private const int Opening = 64;
    private const int WarmUp = 200;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    public static async Task<IdleCost> RunAsync(ServerKind kind, int agents)
    {
        using var folder = new BenchmarkFolder();
        if (kind == ServerKind.Coordinator)
        {
            await CoordinatorUnderTest.SeedAsync(folder.Path, BenchmarkSite.MakeAsync);
        }

        await using var server = await ServerProcess.StartAsync(kind, folder.Path);

        // Code that is compiled once and pools that fill once are not the agents' cost.
        await using (var first = new Fleet(server.Address, kind, WarmUp, Slots, Opening))
        {
            await first.AnsweredAsync(1, Stopwatch.GetTimestamp());
            await Task.Delay(Settling);
        }

        await Task.Delay(Settling);
        var heapBefore = await server.HeapAsync();
        var residentBefore = server.ResidentSet;

        var start = Stopwatch.GetTimestamp();
        await using var fleet = new Fleet(server.Address, kind, agents, Slots, Opening);
        var connecting = await fleet.AnsweredAsync(1, start);
        await Task.Delay(Settling);

        var count = fleet.Count;
        var processor = server.ProcessorTime;
        var from = Stopwatch.GetTimestamp();
        await Task.Delay(Window);
        var carried = fleet.Count - count;
        var minutes = Stopwatch.GetElapsedTime(from).TotalMinutes;
        var used = server.ProcessorTime - processor;
        var resident = server.ResidentSet;
        return new IdleCost
        {
            Agents = agents,
            StillLive = fleet.Live,
            Connecting = TimeSpan.FromMilliseconds(connecting.Percentile(1)),
            ResidentSet = (double)(resident - residentBefore) / agents,
            Heap = (double)(await server.HeapAsync() - heapBefore) / agents,
            ProcessorSeconds = used.TotalSeconds / minutes,
            WireBytes = carried.WireBytes / minutes / agents,
            StreamBytes = carried.Bytes / minutes / agents,
        };
    }
}
