using JobServer.Benchmarks.Audit;
using JobServer.Benchmarks.Cancels;
using JobServer.Benchmarks.Dispatch;
using JobServer.Benchmarks.EventLog;
using JobServer.Benchmarks.Fleets;
using JobServer.Benchmarks.Pipelines;
using JobServer.Benchmarks.Releases;
using JobServer.Benchmarks.Reports;
using JobServer.Benchmarks.Servers;
using JobServer.Benchmarks.Transfers;

if (args is [ServeCommand.Name, var kind, var folder, var listen])
{
    await ServeCommand.RunAsync(Enum.Parse<ServerKind>(kind), folder, listen);
    return 0;
}

// The size of the larger file of "upload": 2 GB instead of 512 MB.
const string Large = "--large";
var names = args.Where(arg => arg != Large).ToList();

// Absolute times move with the machine's neighbours; read the ratios to the yardsticks of the same run.
var all = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
{
    ["pipelines"] = PipelineBenchmark.RunAsync,
    ["dispatch"] = DispatchReport.RunAsync,
    ["reports"] = StatusBenchmark.RunAsync,
    ["jobs"] = WholeJobsBenchmark.RunAsync,
    ["agents"] = IdleReport.RunAsync,
    ["storm"] = StormReport.RunAsync,
    ["cancel"] = CancelReport.RunAsync,
    ["eventlog"] = LogReport.RunAsync,
    ["audit"] = AuditReport.RunAsync,
    ["releases"] = ReleasedFilesReport.RunAsync,
    ["upload"] = () => TransferReport.RunAsync(args.Contains(Large, StringComparer.Ordinal) ? 2_000_000_000 : 512_000_000),
};
var unknown = names.Where(name => !all.ContainsKey(name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"There is no benchmark {string.Join(", ", unknown)}. There are: {string.Join(", ", all.Keys)}.");
    return 2;
}

Console.WriteLine($"{Environment.ProcessorCount} cores, {Environment.OSVersion}, .NET {Environment.Version}");
foreach (var (name, run) in all.Where(benchmark => names.Count == 0 || names.Contains(benchmark.Key, StringComparer.Ordinal)))
{
    Console.WriteLine();
    Console.WriteLine($"== {name}");
    await run();
}

return 0;
