using System.Buffers;
using System.Collections.Concurrent;
using JobServer.Data.Blobs;
using Microsoft.Extensions.Caching.Memory;

namespace JobServer.Portal.Releases;

/// <summary>The only way to the bytes of released files: whatever is delivered was checked against its digest.</summary>
internal sealed class ReleasedBlobs(IBlobStore blobs, ILogger<ReleasedBlobs> logger) : IDisposable
{
    /// <summary>How long a large file counts as checked, so that its parts are not each preceded by a reading of all of it.</summary>
    public static readonly TimeSpan CheckedFor = TimeSpan.FromMinutes(10);

    /// <summary>In bytes: of this size and below a file is checked before its first byte is sent, and each time anew.</summary>
    public const long MaxCheckedFirst = 16 * 1024 * 1024;

    /// <summary>Long enough to read a few gigabytes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int MostRemembered = 1_000;
    private const int BufferSize = 128 * 1024;

    private readonly MemoryCache _checked = new(new MemoryCacheOptions { SizeLimit = MostRemembered });

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _checking = new(StringComparer.Ordinal);

    /// <summary>Two large files are read whole at a time: more would starve each other, and every other page.</summary>
    private readonly SemaphoreSlim _reading = new(2);

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

    /// <summary>Checks all bytes first, unless that was done a moment ago; the stream can then be read from anywhere.</summary>
    /// <exception cref="DamagedBlobException">The bytes are not those that were released.</exception>
    /// <exception cref="LargeFilesBusyException">Others read large files; later.</exception>
    public async Task<Stream> OpenVerifiedAsync(ReleasedFile file, CancellationToken cancellationToken)
    {
        // Of several who ask for parts of one large file at once, one checks it and the others wait for that.
        var checking = _checking.GetOrAdd(file.Digest, _ => new SemaphoreSlim(1));
        if (!await checking.WaitAsync(Patience, cancellationToken))
        {
            throw new LargeFilesBusyException();
        }

        try
        {
            if (!_checked.TryGetValue(file.Digest, out _))
            {
                await CheckAsync(file, _ => { }, cancellationToken);
            }
        }
        finally
        {
            checking.Release();
            _checking.TryRemove(KeyValuePair.Create(file.Digest, checking));
        }

        return OpenChecked(file);
    }

    /// <summary>For who checked it just now.</summary>
    /// <exception cref="DamagedBlobException">The bytes are missing or of another length.</exception>
    public Stream OpenChecked(ReleasedFile file)
    {
        RequirePresent(file);
        return blobs.OpenRead(file.Digest);
    }

    /// <summary>Reads all bytes past somebody who looks at them, in constant memory.</summary>
    /// <exception cref="DamagedBlobException">The bytes are not those that were released; what was seen of them is worth nothing.</exception>
    public async Task CheckAsync(ReleasedFile file, BytesPass pass, CancellationToken cancellationToken)
    {
        var isLarge = file.Size > MaxCheckedFirst;
        if (isLarge && !await _reading.WaitAsync(Patience, cancellationToken))
        {
            throw new LargeFilesBusyException();
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var all = OpenVerifying(file);
            int read;
            while ((read = await all.ReadAsync(buffer, cancellationToken)) > 0)
            {
                pass(buffer.AsSpan(0, read));
            }

            if (isLarge)
            {
                _checked.Set(file.Digest, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = CheckedFor });
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (isLarge)
            {
                _reading.Release();
            }
        }
    }

    public void Dispose()
    {
        _checked.Dispose();
        _reading.Dispose();
    }
}
