using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace JobServer.RunnerAgent.Tests;

/// <summary>Makes source snapshots as a code host would.</summary>
internal static class Studies
{
    public static byte[] Snapshot(params (string Path, string Text)[] files) => Archive(tar =>
    {
        tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "study-abc/"));
        foreach (var (path, text) in files)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"study-abc/{path}")
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
            });
        }
    });

    public static byte[] Archive(Action<TarWriter> write)
    {
        var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(zip, TarEntryFormat.Pax))
        {
            write(tar);
        }

        return bytes.ToArray();
    }

    public static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
