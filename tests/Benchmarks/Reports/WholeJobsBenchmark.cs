using System.Diagnostics;

namespace JobServer.Benchmarks.Reports;

/// <summary>Jobs that do nothing, through all states: claimed, assigned, accepted, running, succeeded; no executor.</summary>
internal static class WholeJobsBenchmark
{
    private const int Agents = 20;
    private const int Slots = 25;
    private const int Warmup = 2000;
    private const int Jobs = 6000;
    private const int RequestSize = 500;

    public static async Task RunAsync()
    {
        using var folder = new BenchmarkFolder();
        await using var crowd = await Crowd.GatherAsync(folder.Path, Agents, Slots);
        for (var request = 0; request < (Warmup + Jobs) / RequestSize; request++)
        {
            await crowd.SubmitAsync($"r{request}x", RequestSize);
        }

        var done = 0;
        long start = 0;
        var processor = TimeSpan.Zero;
        using var end = new CancellationTokenSource();
        bool Next()
        {
            var count = Interlocked.Increment(ref done);
            if (count == Warmup)
            {
                start = Stopwatch.GetTimestamp();
                processor = Environment.CpuUsage.TotalTime;
            }

            if (count == Warmup + Jobs)
            {
                end.Cancel();
            }

            return count < Warmup + Jobs;
        }

        await Task.WhenAll(crowd.Agents.Select(agent => agent.WorkAsync(Next, end.Token)));
        var perSecond = Jobs / Stopwatch.GetElapsedTime(start).TotalSeconds;
        var each = (Environment.CpuUsage.TotalTime - processor) / Jobs;
        Console.WriteLine(
            $"{Jobs} jobs after {Warmup}, {Agents} agents of {Slots} slots: {perSecond:0} whole jobs a second, "
            + $"{each.TotalMilliseconds:0.00} ms of processor time each, agents included");
    }
}
