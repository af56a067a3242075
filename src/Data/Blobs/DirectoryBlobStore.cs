using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace JobServer.Data.Blobs;

/// <summary>Blobs as files <c>{first two}/{digest}</c>, unfinished ones under <c>partial/</c>, all on one file system.</summary>
internal sealed class DirectoryBlobStore : IBlobStore
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Of a small disk, the reserve is no more than this part.</summary>
    private const double LargestReserve = 0.1;

    private readonly long _reserve;
    private readonly string _root;
    private readonly string _partial;

    public DirectoryBlobStore(IOptions<BlobStoreOptions> options)
    {
        _root = Path.GetFullPath(options.Value.Directory);
        _partial = Path.Combine(_root, "partial");
        _reserve = options.Value.Reserve;
        Directory.CreateDirectory(_partial);
    }

    public long? SizeOf(string digest)
    {
        var file = new FileInfo(PathOf(digest));
        return file.Exists ? file.Length : null;
    }

    public Stream OpenRead(string digest) => new FileStream(
        PathOf(digest), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public async Task<StoredBlob> PutAsync(Stream content, long maxSize, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(_partial, Path.GetRandomFileName());
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long size = 0;
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, FileOptions.Asynchronous))
            {
                var buffer = new byte[BufferSize];
                int read;
                while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
                {
                    size += read;
                    if (size > maxSize)
                    {
                        throw new InvalidDataException($"The content is larger than {maxSize} bytes.");
                    }

                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }

                await file.FlushAsync(cancellationToken);
                file.Flush(flushToDisk: true);
            }

            var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
            MoveIntoPlace(temporary, digest);
            return new StoredBlob { Digest = digest, Size = size };
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<Stream> OpenPartialAsync(string uploadId, long offset, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var file = new FileStream(PartialPathOf(uploadId), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, BufferSize, FileOptions.Asynchronous);
        if (file.Length < offset)
        {
            var length = file.Length;
            file.Dispose();
            throw new InvalidDataException($"The unfinished file has {length} bytes, not {offset}.");
        }

        file.SetLength(offset);
        file.Position = offset;
        return Task.FromResult<Stream>(file);
    }

    public Task FlushPartialAsync(Stream partial)
    {
        // There is no asynchronous flush to disk, and it may take as long as the disk likes.
        var handle = ((FileStream)partial).SafeFileHandle;
        return Task.Run(() => RandomAccess.FlushToDisk(handle));
    }

    public long PartialSize(string uploadId)
    {
        var file = new FileInfo(PartialPathOf(uploadId));
        return file.Exists ? file.Length : 0;
    }

    public async Task<bool> CompletePartialAsync(string uploadId, string digest, long size, CancellationToken cancellationToken)
    {
        var path = PartialPathOf(uploadId);
        await using (var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, BufferSize, FileOptions.Asynchronous))
        {
            if (file.Length != size || Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)) != digest)
            {
                file.Close();
                File.Delete(path);
                return false;
            }

            file.Flush(flushToDisk: true);
        }

        MoveIntoPlace(path, digest);
        return true;
    }

    public void CompleteWritten(string uploadId, string digest) => MoveIntoPlace(PartialPathOf(uploadId), digest);

    public long SpareRoom()
    {
        var disk = new DriveInfo(_root);
        return disk.AvailableFreeSpace - Math.Min(_reserve, (long)(disk.TotalSize * LargestReserve));
    }

    public void DiscardPartial(string uploadId) => File.Delete(PartialPathOf(uploadId));

    private static string Checked(string name) =>
        Digests.IsWellFormed(name) ? name : throw new ArgumentException($"'{name}' is no digest.", nameof(name));

    private string PathOf(string digest) => Path.Combine(_root, Checked(digest)[..2], digest);

    private string PartialPathOf(string uploadId) => Path.Combine(_partial, Checked(uploadId));

    private void MoveIntoPlace(string from, string digest)
    {
        var to = PathOf(digest);
        var folder = Path.GetDirectoryName(to)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);

            // A new folder is an entry of the root, which a power cut would forget with all that is in it.
            DirectorySync.Flush(_root);
        }

        if (File.Exists(to))
        {
            // Same digest, same content: the one in place may be open.
            File.Delete(from);
            return;
        }

        File.Move(from, to, overwrite: true);
        DirectorySync.Flush(folder);
    }
}
