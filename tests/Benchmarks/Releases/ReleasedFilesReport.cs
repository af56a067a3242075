using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Headers;
using JobServer.Benchmarks.Servers;
using JobServer.Benchmarks.Transfers;

namespace JobServer.Benchmarks.Releases;

/// <summary>Viewing, zipping and downloading a set of 2 GB: time to the first byte, and the portal's memory over idle.</summary>
internal static class ReleasedFilesReport
{
    private const double Mebi = 1024 * 1024;
    private const int WarmUp = 30;

    /// <summary>What is promised: in MiB over idle, and in milliseconds to the first byte of a zip.</summary>
    private const double MostMemory = 32;
    private const double MostFirstByte = 200;

    private static readonly List<string> _broken = [];

    public static async Task RunAsync()
    {
        using var folder = new BenchmarkFolder();
        await PortalUnderTest.SeedAsync(folder.Path, ReleasedFilesSite.MakeAsync);
        await using var server = await ServerProcess.StartAsync(ServerKind.Portal, folder.Path);
        using var browser = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(10) };
        await WarmUpAsync(browser);
        await server.HeapAsync();
        var idle = server.ResidentSet;
        Console.WriteLine($"the portal is idle at {idle / Mebi:0} MiB");
        Console.WriteLine($"{"",-44}{"first byte ms",15}{"whole s",10}{"MB/s",8}{"MiB over idle",15}");

        var page = ReleasedFilesSite.Address(ReleasedFilesSite.All);
        var table = $"{page}?file={ReleasedFilesSite.FileId(1)}";
        var file = $"/api/v2/releases/file/{ReleasedFilesSite.FileId(1)}";
        foreach (var (name, address, range) in new (string, string, RangeHeaderValue?)[]
        {
            ("a page of a table of 1 GB, the first look", table, null),
            ("its rows in the middle", table + "&row=15000000", null),
            ("its last rows", table + "&row=999999999", null),
            ("that file", file, null),
            ("its last megabyte", file, new RangeHeaderValue(ReleasedFilesSite.LargeSize - 1_000_000, null)),
            ("a zip of 502 files, 2 GB", page + "/download/", null),
            ("the same again", page + "/download/", null),
        })
        {
            await ReadAsync(server, browser, idle, name, address, range);
        }

        if (_broken.Count > 0)
        {
            throw new InvalidOperationException($"Beyond what is promised: {string.Join("; ", _broken)}.");
        }

        var zip = Stopwatch.StartNew();
        await ZipHereAsync(Path.Combine(folder.Path, "blobs"));
        Console.WriteLine($"{"yardstick: the same zip made in one process",-44}{"",15}{zip.Elapsed.TotalSeconds,10:0.0}{2_000 / zip.Elapsed.TotalSeconds,8:0}");
    }

    private static async Task WarmUpAsync(HttpClient browser)
    {
        var page = ReleasedFilesSite.Address(ReleasedFilesSite.Small);
        for (var round = 0; round < WarmUp; round++)
        {
            await browser.GetByteArrayAsync(page);
            await browser.GetByteArrayAsync(page + "/download/");
            await browser.GetByteArrayAsync($"/api/v2/releases/file/{ReleasedFilesSite.FileId(ReleasedFilesSite.SmallCount + 2)}");
        }
    }

    private static async Task ReadAsync(ServerProcess server, HttpClient browser, long idle, string name, string address, RangeHeaderValue? range)
    {
        await using var watch = new MemoryWatch(server);
        var started = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = range;
        using var answer = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var content = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[128 * 1024];
        long bytes = await content.ReadAsync(buffer);
        var first = Stopwatch.GetElapsedTime(started);
        int read;
        while ((read = await content.ReadAsync(buffer)) > 0)
        {
            bytes += read;
        }

        var whole = Stopwatch.GetElapsedTime(started);
        var memory = (watch.Most - idle) / Mebi;
        if (memory >= MostMemory || (name.Contains("zip", StringComparison.Ordinal) && first.TotalMilliseconds >= MostFirstByte))
        {
            _broken.Add($"{name}: {memory:0} MiB, first byte after {first.TotalMilliseconds:0} ms");
        }

        Console.WriteLine($"{name,-44}{first.TotalMilliseconds,15:0}{whole.TotalSeconds,10:0.0}{bytes / 1e6 / whole.TotalSeconds,8:0}{memory,15:0}");
    }

    private static async Task ZipHereAsync(string blobs)
    {
        await using var zip = new ZipArchive(Stream.Null, ZipArchiveMode.Create);
        foreach (var file in Directory.EnumerateFiles(blobs, "*", SearchOption.AllDirectories))
        {
            await using var from = File.OpenRead(file);
            await using var to = await zip.CreateEntry(Path.GetFileName(file), CompressionLevel.Fastest).OpenAsync();
            await from.CopyToAsync(to);
        }
    }
}
