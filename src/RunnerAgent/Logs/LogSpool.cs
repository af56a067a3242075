using System.Globalization;
using JobServer.RunnerAgent.Execution;

namespace JobServer.RunnerAgent.Logs;

/// <summary>What an attempt printed, as its supervisor wrote it to disk; it may grow while it is read.</summary>
internal sealed record LogSpool(AttemptDirectory Directory)
{
    public bool Exists => System.IO.Directory.Exists(Directory.Root);

    /// <summary>In bytes; 0 before anything was printed.</summary>
    public long Length => new FileInfo(Directory.Log) is { Exists: true } file ? file.Length : 0;

    /// <summary>Bytes that were printed after the limit and dropped. Final only when the attempt has ended.</summary>
    public long Dropped =>
        File.Exists(Directory.LogCut) && long.TryParse(File.ReadAllText(Directory.LogCut), CultureInfo.InvariantCulture, out var dropped)
            ? Math.Max(0, dropped)
            : 0;

    /// <summary>At once: it is a small part of a local file, and an asynchronous read of it would be one on the thread pool.</summary>
    /// <returns>As much of the buffer as could be filled.</returns>
    public int Read(long offset, Span<byte> buffer)
    {
        using var file = File.OpenHandle(Directory.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var filled = 0;
        while (filled < buffer.Length && RandomAccess.Read(file, buffer[filled..], offset + filled) is var read and > 0)
        {
            filled += read;
        }

        return filled;
    }
}
