using JobServer.Data.Blobs;

namespace JobServer.Data.Logs;

internal sealed class DirectoryLogAppender : ILogAppender
{
    private readonly FileStream _file;
    private readonly FileStream _hold;

    /// <param name="path">Of the log.</param>
    /// <param name="hold">The lock, let go when this is disposed.</param>
    public DirectoryLogAppender(string path, FileStream hold)
    {
        var isNew = !File.Exists(path);
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous);
        _hold = hold;
        if (isNew)
        {
            DirectorySync.Flush(Path.GetDirectoryName(path)!);
        }
    }

    public async Task AppendAsync(long size, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        if (_file.Length < size)
        {
            throw new InvalidDataException($"The stored log {_file.Name} has {_file.Length} bytes, but {size} were committed.");
        }

        _file.SetLength(size);
        _file.Position = size;
        foreach (var piece in pieces)
        {
            await _file.WriteAsync(piece, cancellationToken);
        }

        _file.Flush(flushToDisk: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        await _hold.DisposeAsync();
    }
}
