using System.Collections.Concurrent;
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

    private const string Blobs = "blobs";

    private readonly string _root = Path.GetFullPath(options.Value.EffectiveSiteDirectory);
    private readonly ConcurrentDictionary<string, bool> _durableFolders = new(StringComparer.Ordinal);

    /// <summary>Makes the names in a folder durable: what the journal says is here must be here after a power cut.</summary>
    internal Action<string> Sync { get; init; } = Posix.SyncDirectory;

    public string BlobPath(string sha256) => Path.Join(_root, Blobs, sha256[..2], sha256);

    /// <summary>Copies a file into the store.</summary>
    /// <returns>Its digest and its size in bytes.</returns>
    public async Task<(string Sha256, long Size)> PutAsync(string path, CancellationToken cancellationToken)
    {
        var fresh = Path.Join(Folder(Blobs, "incoming"), random.NewId());
        try
        {
            var (sha256, size) = await CopyAsync(path, fresh, cancellationToken);
            File.SetUnixFileMode(fresh, ReadOnly);
            MoveIntoPlace(fresh, Path.Join(Folder(Blobs, sha256[..2]), sha256));
            return (sha256, size);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    public void WriteManifest(SiteManifest manifest) => WriteWhole(
        Path.Join(Folder("jobs", manifest.JobId), ManifestName($"{manifest.Fence}")),
        JsonSerializer.SerializeToUtf8Bytes(manifest, SiteJson.Default.SiteManifest));

    /// <summary>Makes the manifest findable by the digest that the Coordinator gave it.</summary>
    public void NameManifest(AttemptKey key, string digest)
    {
        if (IsDigest(digest))
            WriteWhole(Path.Join(Folder("jobs", key.JobId), ManifestName(digest)), File.ReadAllBytes(ManifestPath(key.JobId, $"{key.Fence}")));
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
        await CopyWholeAsync(source, Path.Join(Folder("jobs", key.JobId), $"log-{key.Fence}.txt"), cancellationToken);
        await CopyWholeAsync(source, Path.Join(Folder("workspaces", workspace, "metadata"), $"{action}.log"), cancellationToken);
    }

    public static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private string ManifestPath(string jobId, string name) => Path.Join(_root, "jobs", jobId, ManifestName(name));

    private static string ManifestName(string name) => $"manifest-{name}.json";

    /// <summary>Durable itself: whoever made it, it is flushed into the folder above.</summary>
    private string Folder(params ReadOnlySpan<string> names)
    {
        var path = _root;
        foreach (var name in names)
        {
            var above = path;
            path = Path.Join(above, name);
            Directory.CreateDirectory(path);
            if (_durableFolders.ContainsKey(path))
                continue;

            Sync(above);

            // The few that each file goes through; those of jobs come and go.
            if (names[0] == Blobs)
                _durableFolders[path] = true;
        }

        return path;
    }

    private void MoveIntoPlace(string fresh, string path)
    {
        File.Move(fresh, path, overwrite: true);
        Sync(Path.GetDirectoryName(path)!);
    }

    private void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        var fresh = $"{path}.{random.NewId()}";
        using (var file = new FileStream(fresh, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        MoveIntoPlace(fresh, path);
    }

    private async Task CopyWholeAsync(string source, string path, CancellationToken cancellationToken)
    {
        var fresh = $"{path}.{random.NewId()}";
        try
        {
            await CopyAsync(source, fresh, cancellationToken);
            MoveIntoPlace(fresh, path);
        }
        finally
        {
            File.Delete(fresh);
        }
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
