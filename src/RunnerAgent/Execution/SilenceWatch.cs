namespace JobServer.RunnerAgent.Execution;

/// <summary>
/// Tells when a job has shown no sign of life for its limit: nothing printed, and nothing changed in its working directory.
/// All it knows is on disk, so an agent that finds a sandbox again goes on with the same clock. It looks only when the
/// limit could be over, so that a large directory is not walked for nothing.
/// </summary>
internal sealed class SilenceWatch(AttemptDirectory directory, SandboxLimits limits)
{
    private DateTimeOffset _lastSign;

    public bool IsSilent(DateTimeOffset startedAt, DateTimeOffset now)
    {
        if (limits.Silence is not { } limit)
            return false;

        _lastSign = Later(_lastSign, startedAt);
        if (now - _lastSign < limit)
            return false;

        _lastSign = Later(_lastSign, LastSign(now, limit));
        return now - _lastSign >= limit;
    }

    private DateTimeOffset LastSign(DateTimeOffset now, TimeSpan limit)
    {
        try
        {
            // What is printed beyond the log's size is not written, and so cannot be seen.
            if (new FileInfo(directory.Log) is { Exists: true } log && log.Length >= limits.LogSize)
                return now;

            var last = Later(ChangedAt(directory.Log), ChangedAt(directory.Work));
            foreach (var path in DirectoryTree.Entries(directory.Work))
            {
                if (now - last < limit)
                    return last;

                last = Later(last, ChangedAt(path));
            }

            return last;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is being changed right now, or its owner closed it to us: no proof of silence either way.
            return now;
        }
    }

    private static DateTimeOffset ChangedAt(string path) => new(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
