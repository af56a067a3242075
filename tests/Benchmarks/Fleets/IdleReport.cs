using JobServer.Benchmarks.Servers;

namespace JobServer.Benchmarks.Fleets;

/// <summary>Idle agents of one Coordinator beside as many bare streams.</summary>
internal static class IdleReport
{
    public static async Task RunAsync()
    {
        Console.WriteLine($"{"idle agents, one connection each",-34}{"agents",8}{"live",8}{"RSS KiB",9}{"heap KiB",10}{"CPU s/min",11}{"wire B/min",12}{"stream B/min",14}{"connect s",11}");
        foreach (var agents in new[] { 1_000, 5_000 })
        {
            var bare = await IdleBenchmark.RunAsync(ServerKind.Bare, agents);
            Print("bare bidi streams", bare);
            var coordinator = await IdleBenchmark.RunAsync(ServerKind.Coordinator, agents);
            Print("Coordinator", coordinator);
            Console.WriteLine(
                $"Coordinator / bare: memory {coordinator.ResidentSet / bare.ResidentSet:0.0}, wire {coordinator.WireBytes / bare.WireBytes:0.0}, CPU {coordinator.ProcessorSeconds / bare.ProcessorSeconds:0.0}, connecting {coordinator.Connecting / bare.Connecting:0.0}");
        }
    }

    private static void Print(string name, IdleCost cost) => Console.WriteLine(
        $"{name,-34}{cost.Agents,8}{cost.StillLive,8}{cost.ResidentSet / 1024,9:0.0}{cost.Heap / 1024,10:0.0}{cost.ProcessorSeconds,11:0.0}{cost.WireBytes,12:0}{cost.StreamBytes,14:0}{cost.Connecting.TotalSeconds,11:0.0}");
}
