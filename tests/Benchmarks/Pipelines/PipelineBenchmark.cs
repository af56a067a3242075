using System.Diagnostics;
using JobServer.Domain.Pipelines;
using JobServer.TestCommon;

namespace JobServer.Benchmarks.Pipelines;

/// <summary>project.yaml of the largest study known: read, validated, planned; beside the YAML library's bare walk over the same bytes.</summary>
internal static class PipelineBenchmark
{
    private const int Warmup = 30;
    private const int Rounds = 50;

    public static Task RunAsync()
    {
        var largest = Measure(LargeStudy.LargestKnown);
        Console.WriteLine($"{"project.yaml: parse + validate + plan run_all",-46}{"actions",10}{"p50 ms",10}{"p99 ms",10}{"MB",8}");
        foreach (var measured in new[] { Measure(100), Measure(1000), largest, Measure(10_000) })
        {
            Console.WriteLine($"{"",-46}{measured.Actions,10}{measured.Times.Percentile(0.50),10:0.00}{measured.Times.Percentile(0.99),10:0.00}{measured.Bytes / 1e6,8:0.0}");
        }

        var yardstick = YamlYardstick.Run(LargeStudy.Text(LargeStudy.LargestKnown), Warmup, Rounds).Percentile(0.50);
        Console.WriteLine($"bare YamlDotNet events of the {LargeStudy.LargestKnown} actions: p50 {yardstick:0.00} ms");
        Console.WriteLine($"read and plan / bare events: {largest.Times.Percentile(0.50) / yardstick:0.00}");
        var growth = Measure(10_000).Times.Percentile(0.50) / Measure(100).Times.Percentile(0.50);
        Console.WriteLine($"10,000 / 100 actions: {growth:0} times the time for 100 times the size");
        return Task.CompletedTask;
    }

    private static (int Actions, Times Times, long Bytes) Measure(int actions)
    {
        var text = LargeStudy.Text(actions);
        var times = new Times(Rounds);
        var bytes = 0L;
        for (var i = 0; i < Warmup + Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            var reading = PipelineReader.Read(text, PipelineDialect.Opensafely);
            var plan = JobPlanner.Plan(reading.Pipeline!, [Pipeline.RunAll], forceRunDependencies: false, WorkspaceState.Empty);
            var time = Stopwatch.GetElapsedTime(start);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (plan is not JobPlan.Planned { Jobs.Count: var planned } || planned != actions)
            {
                throw new InvalidOperationException("The study was not planned whole.");
            }

            if (i >= Warmup)
            {
                times.Add(time);
            }
        }

        return (actions, times, bytes);
    }
}
