using System.Diagnostics;
using System.Security.Cryptography;

namespace JobServer.Benchmarks.Transfers;

/// <summary>What a copy that is hashed and flushed costs on this machine right now, without a network.</summary>
internal static class LocalCopyYardstick
{
    private const int BufferSize = 64 * 1024;

    public static async Task<TimeSpan> RunAsync(string from, string to)
    {
        var start = Stopwatch.GetTimestamp();
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            await using var input = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            await using var output = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            var buffer = new byte[BufferSize];
            while (await input.ReadAsync(buffer) is var read and > 0)
            {
                hash.AppendData(buffer, 0, read);
                await output.WriteAsync(buffer.AsMemory(0, read));
            }

            output.Flush(flushToDisk: true);
            hash.GetHashAndReset();
        }

        var time = Stopwatch.GetElapsedTime(start);
        File.Delete(to);
        return time;
    }
}
