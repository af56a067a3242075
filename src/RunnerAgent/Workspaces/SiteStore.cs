using System.Security.Cryptography;
using System.Text.Json;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Workspaces;

/// <summary>
/// What stays at the site: files by digest, never changed, and a manifest for each attempt. Several
/// agents may share the directory, so everything appears by a rename.
/// </summary>
internal sealed class SiteStore(IOptions<AgentOptions> options, IAgentRandom random)
{
    private const int BufferSize = 64 * 1024;
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead;

    private readonly string _root = Path.GetFullPath(options.Value.EffectiveSiteDirectory);

    public string BlobPath(string sha256) => Path.Join(_root, "blobs", sha256[..2], sha256);

    /// <summary>Copies a file into the store.</summary>
    /// <returns>Its digest and its size in bytes.</returns>
    public async Task<(string Sha256, long Size)> PutAsync(string path, CancellationToken cancellationToken)
    {
        var fresh = Path.Join(Directory.CreateDirectory(Path.Join(_root, "blobs", "incoming")).FullName, random.NewId());
        try
        {
            var (sha256, size) = await CopyAsync(path, fresh, cancellationToken);
            File.SetUnixFileMode(fresh, ReadOnly);
            var blob = BlobPath(sha256);
            var folder = Directory.CreateDirectory(Path.GetDirectoryName(blob)!).FullName;
            File.Move(fresh, blob, overwrite: true);
            Posix.SyncDirectory(folder);
            return (sha256, size);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    public void WriteManifest(SiteManifest manifest) => WriteWhole(
        ManifestPath(manifest.JobId, $"{manifest.Fence}"),
        JsonSerializer.SerializeToUtf8Bytes(manifest, SiteJson.Default.SiteManifest));

    /// <summary>Makes the manifest findable by the digest that the Coordinator gave it.</summary>
    public void NameManifest(AttemptKey key, string digest)
    {
        if (IsDigest(digest))
            WriteWhole(ManifestPath(key.JobId, digest), File.ReadAllBytes(ManifestPath(key.JobId, $"{key.Fence}")));
    }

    /// <returns>Null when this site has no such manifest.</returns>
    public SiteManifest? FindManifest(string jobId, string digest)
    {
        if (!new AttemptKey(jobId, 1).IsValid || !IsDigest(digest))
            return null;

        var path = ManifestPath(jobId, digest);
        return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), SiteJson.Default.SiteManifest) : null;
    }

    public SiteManifest? FindManifest(AttemptKey key)
    {
        var path = ManifestPath(key.JobId, $"{key.Fence}");
        return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), SiteJson.Default.SiteManifest) : null;
    }

    /// <summary>Keeps a job's log, with its job and as the latest of its action.</summary>
    public async Task PutLogAsync(AttemptKey key, string workspace, string action, string source, CancellationToken cancellationToken)
    {
        await CopyWholeAsync(source, Path.Join(_root, "jobs", key.JobId, $"log-{key.Fence}.txt"), cancellationToken);
        await CopyWholeAsync(source, Path.Join(_root, "workspaces", workspace, "metadata", $"{action}.log"), cancellationToken);
    }

    public static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private string ManifestPath(string jobId, string name) => Path.Join(_root, "jobs", jobId, $"manifest-{name}.json");

    private void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
        var fresh = $"{path}.{random.NewId()}";
        using (var file = new FileStream(fresh, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
        Posix.SyncDirectory(folder);
    }

    private async Task CopyWholeAsync(string source, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fresh = $"{path}.{random.NewId()}";
        await CopyAsync(source, fresh, cancellationToken);
        File.Move(fresh, path, overwrite: true);
    }

    private static async Task<(string Sha256, long Size)> CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var input = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        await using var output = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var buffer = new byte[BufferSize];
        long size = 0;
        while (await input.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            size += read;
        }

        output.Flush(flushToDisk: true);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }
}
