using JobServer.Benchmarks;

// Absolute times move with the machine's neighbours; read the ratios to the yardsticks of the same run.
const int Warmup = 100;
const int Rounds = 1000;

using var folder = new BenchmarkFolder();
Console.WriteLine($"{Environment.ProcessorCount} cores, {Environment.OSVersion}, .NET {Environment.Version}, {Rounds} rounds after {Warmup}");
var flush = FlushYardstick.Run(folder.Path, Warmup, Rounds);
var roundTrip = await RoundTripYardstick.RunAsync(Warmup, Rounds);
var dispatch = await DispatchBenchmark.RunAsync(folder.Path, Warmup, Rounds);

Console.WriteLine($"{"",-58}{"p50 ms",10}{"p99 ms",10}");
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
