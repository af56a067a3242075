using System.Diagnostics;

namespace JobServer.Benchmarks.Dispatch;

/// <summary>What one durable write costs on this disk right now.</summary>
internal static class FlushYardstick
{
    public static Times Run(string folder, int warmup, int rounds)
    {
        var times = new Times(rounds);
        var block = new byte[4096];
        using var file = new FileStream(Path.Combine(folder, "append"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var i = 0; i < warmup + rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            file.Write(block);
            file.Flush(flushToDisk: true);
            if (i >= warmup)
            {
                times.Add(Stopwatch.GetElapsedTime(start));
            }
        }

        return times;
    }
}
