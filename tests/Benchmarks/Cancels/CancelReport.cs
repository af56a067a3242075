using JobServer.Benchmarks.Dispatch;

namespace JobServer.Benchmarks.Cancels;

/// <summary>Cancel beside a bare round trip of the same run.</summary>
internal static class CancelReport
{
    private const int Warmup = 100;
    private const int Rounds = 500;

    public static async Task RunAsync()
    {
        using var folder = new BenchmarkFolder();
        var roundTrip = await RoundTripYardstick.RunAsync(Warmup, Rounds);
        var cancel = await CancelBenchmark.RunAsync(folder.Path, Warmup, Rounds);

        Console.WriteLine($"{$"{Rounds} rounds after {Warmup}",-58}{"p50 ms",10}{"p99 ms",10}");
        Console.WriteLine($"{"bare gRPC round trip (bidi, h2c)",-58}{roundTrip.Percentile(0.50),10:0.000}{roundTrip.Percentile(0.99),10:0.000}");
        Console.WriteLine($"{"cancel: committed -> Cancel read by the agent",-58}{cancel.Percentile(0.50),10:0.000}{cancel.Percentile(0.99),10:0.000}");
        Console.WriteLine($"cancel / round trip: p50 {cancel.Percentile(0.50) / roundTrip.Percentile(0.50):0.0}, p99 {cancel.Percentile(0.99) / roundTrip.Percentile(0.99):0.0}");
    }
}
