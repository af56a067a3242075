using System.Security.Cryptography;
using JobServer.Data.Blobs;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>The blob store that all Coordinators share, in memory.</summary>
internal sealed class SimBlobs : IBlobStore
{
    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _partials = new(StringComparer.Ordinal);

    public bool IsFull { get; set; }

    public byte[]? Find(string digest) => _blobs.GetValueOrDefault(digest);

    public long? SizeOf(string digest) => Find(digest)?.Length;

    public Stream OpenRead(string digest) => new MemoryStream(Find(digest) ?? throw new FileNotFoundException(digest), writable: false);

    public Task<StoredBlob> PutAsync(Stream content, long maxSize, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return Task.FromResult(Keep(copy.ToArray()));
    }

    public Task<Stream> OpenPartialAsync(string uploadId, long offset, CancellationToken cancellationToken)
    {
        var before = _partials.GetValueOrDefault(uploadId, []);
        if (before.Length < offset)
        {
            throw new InvalidDataException($"The file has {before.Length} bytes, not {offset}.");
        }

        var partial = new Partial(content => _partials[uploadId] = content);
        partial.Write(before.AsSpan(0, (int)offset));
        return Task.FromResult<Stream>(partial);
    }

    public Task FlushPartialAsync(Stream partial) => Task.CompletedTask;

    public long PartialSize(string uploadId) => _partials.GetValueOrDefault(uploadId, []).Length;

    public Task<bool> CompletePartialAsync(string uploadId, string digest, long size, CancellationToken cancellationToken)
    {
        var content = _partials.Remove(uploadId, out var partial) ? partial : [];
        var isGood = content.Length == size && Convert.ToHexStringLower(SHA256.HashData(content)) == digest;
        if (isGood)
        {
            Keep(content);
        }

        return Task.FromResult(isGood);
    }

    // As on disk: what the writer believes becomes the blob's name, and it is the invariant that compares.
    public void CompleteWritten(string uploadId, string digest)
    {
        if (_partials.Remove(uploadId, out var partial))
        {
            _blobs[digest] = partial;
        }
    }

    public long SpareRoom() => IsFull ? 0 : long.MaxValue;

    public void DiscardPartial(string uploadId) => _partials.Remove(uploadId);

    private StoredBlob Keep(byte[] content)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        _blobs[digest] = content;
        return new StoredBlob { Digest = digest, Size = content.Length };
    }

    /// <summary>What a process had not closed when it died is lost.</summary>
    private sealed class Partial(Action<byte[]> keep) : MemoryStream
    {
        protected override void Dispose(bool disposing)
        {
            keep(ToArray());
            base.Dispose(disposing);
        }
    }
}
