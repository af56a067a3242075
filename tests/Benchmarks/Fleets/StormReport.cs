using JobServer.Benchmarks.Servers;

namespace JobServer.Benchmarks.Fleets;

/// <summary>A reconnect storm beside as many bare connects with one message.</summary>
internal static class StormReport
{
    private const int Agents = 1_000;

    public static async Task RunAsync()
    {
        Console.WriteLine($"{$"{Agents} agents with {StormBenchmark.Jobs} jobs each; s from the new process's start",-62}{"listens",9}{"p50",8}{"last",8}{"CPU s",8}{"kept all",10}");
        var bare = await StormBenchmark.RunAsync(ServerKind.Bare, Agents, isKilled: true);
        Print("bare: connect and one message, after a kill", bare);
        var killed = await StormBenchmark.RunAsync(ServerKind.Coordinator, Agents, isKilled: true);
        Print("Coordinator: welcomed and reconciled, after a kill", killed);
        var stopped = await StormBenchmark.RunAsync(ServerKind.Coordinator, Agents, isKilled: false);
        Print("Coordinator: welcomed and reconciled, after a stop", stopped);
        Console.WriteLine(
            $"Coordinator / bare, last answer: after a kill {killed.Answered.Percentile(1) / bare.Answered.Percentile(1):0.0}, after a stop {stopped.Answered.Percentile(1) / bare.Answered.Percentile(1):0.0}");
    }

    private static void Print(string name, StormTimes times) => Console.WriteLine(
        $"{name,-62}{times.Listening.TotalSeconds,9:0.0}{times.Answered.Percentile(0.5) / 1000,8:0.0}{times.Answered.Percentile(1) / 1000,8:0.0}{times.Processor.TotalSeconds,8:0.0}{times.Reconciled,10}");
}
