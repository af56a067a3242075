using JobServer.Benchmarks.Dispatch;
using JobServer.Benchmarks.Pipelines;
using JobServer.Benchmarks.Reports;

// Absolute times move with the machine's neighbours; read the ratios to the yardsticks of the same run.
var all = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
{
    ["pipelines"] = PipelineBenchmark.RunAsync,
    ["dispatch"] = DispatchReport.RunAsync,
    ["reports"] = StatusBenchmark.RunAsync,
    ["jobs"] = WholeJobsBenchmark.RunAsync,
};
var unknown = args.Where(name => !all.ContainsKey(name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"There is no benchmark {string.Join(", ", unknown)}. There are: {string.Join(", ", all.Keys)}.");
    return 2;
}

Console.WriteLine($"{Environment.ProcessorCount} cores, {Environment.OSVersion}, .NET {Environment.Version}");
foreach (var (name, run) in all.Where(benchmark => args.Length == 0 || args.Contains(benchmark.Key, StringComparer.Ordinal)))
{
    Console.WriteLine();
    Console.WriteLine($"== {name}");
    await run();
}

return 0;
