using JobServer.Data.Blobs;

namespace JobServer.Portal.Releases;

/// <summary>The only way to the bytes of released files: whatever is delivered was checked against its digest.</summary>
internal sealed class ReleasedBlobs(IBlobStore blobs, ILogger<ReleasedBlobs> logger)
{
    /// <summary>Asks the disk before the first byte of a long answer.</summary>
    /// <exception cref="DamagedBlobException">The bytes are missing or of another length.</exception>
    public void RequirePresent(ReleasedFile file)
    {
        if (blobs.SizeOf(file.Digest) != file.Size)
        {
            ReleasesLog.Missing(logger, file.Id, file.Digest);
            throw new DamagedBlobException();
        }
    }

    /// <summary>Reads once, forward: throws before the last bytes of a damaged file.</summary>
    /// <exception cref="DamagedBlobException">Also while reading.</exception>
    public Stream OpenVerifying(ReleasedFile file)
    {
        RequirePresent(file);
        return new VerifyingStream(blobs.OpenRead(file.Digest), file.Digest, file.Size, () => ReleasesLog.Damaged(logger, file.Id, file.Digest));
    }

    /// <summary>Checks all bytes first; the stream can then be read from anywhere.</summary>
    /// <exception cref="DamagedBlobException">The bytes are not those that were released.</exception>
    public async Task<Stream> OpenVerifiedAsync(ReleasedFile file, CancellationToken cancellationToken)
    {
        await using (var all = OpenVerifying(file))
        {
            await all.CopyToAsync(Stream.Null, cancellationToken);
        }

        return blobs.OpenRead(file.Digest);
    }
}
