using System.Security.Cryptography;

namespace JobServer.Portal.Releases;

/// <summary>
/// Passes bytes on while it hashes them. The last of them are handed out only once all were the right ones, so that
/// nobody ever holds a whole file that is wrong.
/// </summary>
internal sealed class VerifyingStream(Stream inner, string digest, long size, Action whenDamaged) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;
    private bool _isVerified;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Check(buffer.Span[..read], isEnd: read == 0 && buffer.Length > 0);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Check(buffer.AsSpan(offset, read), isEnd: read == 0 && count > 0);
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<byte> more, bool isEnd)
    {
        _hash.AppendData(more);
        _read += more.Length;
        if (_read > size || (isEnd && _read < size))
        {
            Refuse();
        }

        if (_read == size && !_isVerified)
        {
            _isVerified = true;
            if (Convert.ToHexStringLower(_hash.GetCurrentHash()) != digest)
            {
                Refuse();
            }
        }
    }

    private void Refuse()
    {
        whenDamaged();
        throw new DamagedBlobException();
    }
}
