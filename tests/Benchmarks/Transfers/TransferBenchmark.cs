using System.Diagnostics;
using JobServer.Benchmarks.Servers;

namespace JobServer.Benchmarks.Transfers;

/// <summary>Files through the agent's own upload and download to a Coordinator in a process of its own.</summary>
internal static class TransferBenchmark
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public static async Task<TransferTimes> MeasureAsync(ServerProcess server, TransferAgent agent, TransferFile file, long idle)
    {
        var (copy, upload, download) = (new Times(file.Rounds), new Times(file.Rounds), new Times(file.Rounds));
        var kept = await agent.KeepAsync(file.Path);
        var (uploadMemory, downloadMemory) = (0L, 0L);
        var used = TimeSpan.Zero;
        for (var i = 0; i < file.Rounds; i++)
        {
            var assign = await agent.NextAsync();
            copy.Add(await LocalCopyYardstick.RunAsync(file.Path, file.Path + ".copy"));
            var processor = server.ProcessorTime;
            uploadMemory = Math.Max(uploadMemory, await TimedAsync(server, upload, () => agent.UploadAsync(assign, kept)));
            used += server.ProcessorTime - processor;
            downloadMemory = Math.Max(downloadMemory, await TimedAsync(server, download, () => agent.DownloadAsync(assign)));
        }

        return new TransferTimes
        {
            Size = file.Size,
            Copy = copy,
            Upload = upload,
            Download = download,
            UploadMemory = uploadMemory - idle,
            DownloadMemory = downloadMemory - idle,
            ProcessorSecondsPerGigabyte = used.TotalSeconds / (file.Size * file.Rounds / 1e9),
        };
    }

    /// <summary>One transfer each way, so that compiling is not measured.</summary>
    /// <returns>In bytes, what the server then holds while idle.</returns>
    public static async Task<long> WarmUpAsync(ServerProcess server, TransferAgent agent, TransferFile file)
    {
        var assign = await agent.NextAsync();
        await agent.UploadAsync(assign, await agent.KeepAsync(file.Path));
        await agent.DownloadAsync(assign);
        await server.HeapAsync();
        await Task.Delay(Settling);
        return server.ResidentSet;
    }

    /// <returns>The most bytes that the server held meanwhile.</returns>
    private static async Task<long> TimedAsync(ServerProcess server, Times times, Func<Task> transfer)
    {
        await using var watch = new MemoryWatch(server);
        var start = Stopwatch.GetTimestamp();
        await transfer();
        times.Add(Stopwatch.GetElapsedTime(start));
        return watch.Most;
    }
}
