using JobServer.Benchmarks.Dispatch;
using JobServer.Benchmarks.Servers;

namespace JobServer.Benchmarks.Transfers;

/// <summary>Uploads and downloads beside a local copy with SHA-256 and fsync of the same file in the same run.</summary>
internal static class TransferReport
{
    private const long Mega = 1_000_000;
    private const long Mebi = 1024 * 1024;
    private const long Small = 10 * Mega;
    private const long CutSize = 128 * Mebi;

    /// <param name="large">In bytes, the size of the larger file.</param>
    public static async Task RunAsync(long large)
    {
        using var folder = new BenchmarkFolder();
        var warm = await TransferFile.MakeAsync(folder.Path, 4 * Mega, rounds: 1);
        var files = new[] { await TransferFile.MakeAsync(folder.Path, Small, rounds: 10), await TransferFile.MakeAsync(folder.Path, large, rounds: 3) };
        var cut = await TransferFile.MakeAsync(folder.Path, CutSize, CutBenchmark.Jobs);
        await CoordinatorUnderTest.SeedAsync(folder.Path, async services =>
        {
            var site = await BenchmarkSite.MakeAsync(services);
            foreach (var file in new[] { warm }.Concat(files).Append(cut))
            {
                await Requests.SubmitAsync(services, site, $"f{file.Size}x", file.Rounds, await file.PutAsync(services));
            }
        });

        await using var server = await ServerProcess.StartAsync(ServerKind.Coordinator, folder.Path);
        var slots = warm.Rounds + files.Sum(file => file.Rounds);
        await using (var agent = new TransferAgent(server.Address, Path.Combine(folder.Path, "agent"), slots))
        {
            await agent.StartAsync();
            var idle = await TransferBenchmark.WarmUpAsync(server, agent, warm);
            Console.WriteLine($"{"p50 of a transfer",-12}{"MB/s: copy",14}{"upload",10}{"download",10}{"up/copy",10}{"down/copy",11}{"MiB over idle: up",20}{"down",8}{"server CPU s/GB",17}");
            foreach (var file in files)
            {
                Print(await TransferBenchmark.MeasureAsync(server, agent, file, idle));
            }
        }

        var again = await CutBenchmark.RunAsync(server, Path.Combine(folder.Path, "cut-agent"), cut);
        Console.WriteLine(
            $"sent again after a cut, {again.Count} cuts of {CutSize / Mebi} MiB: most {again.Max() / (double)Mebi:0.0} MiB, mean {again.Average() / Mebi:0.0} MiB");
    }

    private static void Print(TransferTimes times)
    {
        var (copy, up, down) = (Rate(times, times.Copy), Rate(times, times.Upload), Rate(times, times.Download));
        Console.WriteLine(
            $"{$"{times.Size / Mega} MB",-12}{copy,14:0}{up,10:0}{down,10:0}{up / copy,10:P0}{down / copy,11:P0}{times.UploadMemory / Mebi,20}{times.DownloadMemory / Mebi,8}{times.ProcessorSecondsPerGigabyte,17:0.0}");
    }

    private static double Rate(TransferTimes of, Times times) => of.Size / 1e3 / times.Percentile(0.5);
}
