namespace JobServer.Benchmarks.Dispatch;

/// <summary>Dispatch beside a bare round trip and a bare flush of the same run.</summary>
internal static class DispatchReport
{
    private const int Warmup = 1000;
    private const int Rounds = 1000;

    public static async Task RunAsync()
    {
        using var folder = new BenchmarkFolder();
        var flush = FlushYardstick.Run(folder.Path, Warmup, Rounds);
        var roundTrip = await RoundTripYardstick.RunAsync(Warmup, Rounds);
        var dispatch = await DispatchBenchmark.RunAsync(folder.Path, Warmup, Rounds);

        Console.WriteLine($"{$"{Rounds} rounds after {Warmup}",-58}{"p50 ms",10}{"p99 ms",10}");
        foreach (var (name, times) in new[]
        {
            ("append 4 KiB + fsync", flush),
            ("bare gRPC round trip (bidi, h2c)", roundTrip),
            ("dispatch: submit committed -> Assign read by the agent", dispatch),
        })
        {
            Console.WriteLine($"{name,-58}{times.Percentile(0.50),10:0.000}{times.Percentile(0.99),10:0.000}");
        }

        Console.WriteLine($"dispatch / round trip: p50 {dispatch.Percentile(0.50) / roundTrip.Percentile(0.50):0.0}, p99 {dispatch.Percentile(0.99) / roundTrip.Percentile(0.99):0.0}");
        Console.WriteLine($"dispatch / fsync:      p50 {dispatch.Percentile(0.50) / flush.Percentile(0.50):0.0}, p99 {dispatch.Percentile(0.99) / flush.Percentile(0.99):0.0}");
    }
}
