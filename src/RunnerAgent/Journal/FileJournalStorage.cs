using JobServer.RunnerAgent.Execution;

namespace JobServer.RunnerAgent.Journal;

internal sealed class FileJournalStorage(string directory) : IJournalStorage, IDisposable
{
    private readonly string _path = Path.Join(directory, "journal");
    private FileStream? _file;

    public byte[]? Read() => File.Exists(_path) ? File.ReadAllBytes(_path) : null;

    public void Replace(ReadOnlySpan<byte> content)
    {
        _file?.Dispose();
        _file = null;
        var fresh = _path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, _path, overwrite: true);
        Posix.SyncDirectory(directory);
    }

    public void Append(ReadOnlySpan<byte> record)
    {
        _file ??= new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _file.Write(record);
    }

    public void Flush() => _file?.Flush(flushToDisk: true);

    public void Truncate(long length)
    {
        _file?.Dispose();
        _file = null;
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Write);
        file.SetLength(length);
        file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file?.Dispose();
}
