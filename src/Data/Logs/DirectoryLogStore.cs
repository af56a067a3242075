using JobServer.Data.Blobs;
using JobServer.Domain.Jobs;
using Microsoft.Extensions.Options;

namespace JobServer.Data.Logs;

/// <summary>Logs as files <c>{first two}/{job}-{fence}.log</c>.</summary>
internal sealed class DirectoryLogStore : ILogStore
{
    private const int BufferSize = 64 * 1024;
    private const string LockEnding = ".lock";

    private readonly string _root;

    public DirectoryLogStore(IOptions<LogStoreOptions> options, IOptions<BlobStoreOptions> blobs)
    {
        var blobDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(blobs.Value.Directory));
        _root = options.Value.Directory.Length > 0
            ? Path.GetFullPath(options.Value.Directory)
            : Path.Combine(Path.GetDirectoryName(blobDirectory) ?? blobDirectory, "logs");
    }

    public ILogAppender? TryOpenAppend(string jobId, long fence)
    {
        var path = PathOf(jobId, fence);
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            DirectorySync.Flush(_root);
        }

        if (Lock(path) is not { } hold)
        {
            return null;
        }

        try
        {
            return new DirectoryLogAppender(path, hold);
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    public Stream? OpenRead(string jobId, long fence)
    {
        try
        {
            return new FileStream(
                PathOf(jobId, fence), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Delete(string jobId, long fence)
    {
        var path = PathOf(jobId, fence);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            return;
        }

        File.Delete(path);
        File.Delete(path + LockEnding);
    }

    // On a file of its own: a lock on the log itself would keep readers out.
    private static FileStream? Lock(string path)
    {
        try
        {
            return new FileStream(path + LockEnding, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException) when (File.Exists(path + LockEnding))
        {
            return null;
        }
    }

    private string PathOf(string jobId, long fence)
    {
        if (jobId is not { Length: Job.IdLength } || !jobId.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9')) || fence <= 0)
        {
            throw new ArgumentException($"'{jobId}', {fence} is no attempt of a job.", nameof(jobId));
        }

        return Path.Combine(_root, jobId[..2], $"{jobId}-{fence}.log");
    }
}
