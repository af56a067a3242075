using System.Globalization;
using JobServer.RunnerAgent.Execution;

namespace JobServer.RunnerAgent.Logs;

/// <summary>What an attempt printed, as its supervisor wrote it to disk; it may grow while it is read.</summary>
internal sealed record LogSpool(AttemptDirectory Directory)
{
    public bool Exists => System.IO.Directory.Exists(Directory.Root);

    /// <summary>In bytes on this disk; 0 before anything was printed.</summary>
    public long Length => new FileInfo(Directory.Log) is { Exists: true } file ? file.Length : 0;

    /// <summary>When something was printed last, by the file system's clock.</summary>
    public DateTime LastWrite => File.GetLastWriteTimeUtc(Directory.Log);

    public SpoolSize Size() => Number(Directory.LogGivenUp) is { } printed
        ? new SpoolSize(0, printed, IsGivenUp: true)
        : new SpoolSize(Length, Number(Directory.LogCut) ?? 0, IsGivenUp: false);

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

    /// <summary>Removes what is kept of an attempt that has ended. How much it was is noted first, so that it can be told as a gap.</summary>
    public void GiveUp()
    {
        var size = Size();
        if (!size.IsGivenUp)
        {
            var fresh = Directory.LogGivenUp + ".new";
            File.WriteAllText(fresh, size.Printed.ToString(CultureInfo.InvariantCulture));
            File.Move(fresh, Directory.LogGivenUp, overwrite: true);
        }

        File.Delete(Directory.Log);
    }

    private static long? Number(string path) =>
        File.Exists(path) && long.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var number) ? Math.Max(0, number) : null;
}
