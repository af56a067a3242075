namespace JobServer.RunnerAgent.Execution.Containers;

/// <summary>
/// Brings what a container prints into the attempt's log file, up to its limit. An agent that finds the container again reads it
/// from its beginning and skips what the file holds.
/// </summary>
internal sealed class ContainerLog(ContainerEngine engine)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Returns when the container ends, or when the engine lets go, which it may do before it has told the last words.</summary>
    public Task FollowAsync(string id, AttemptDirectory directory, long limit, CancellationToken cancellationToken) =>
        ReadAsync(id, directory, limit, follow: true, cancellationToken);

    /// <summary>Reads what is missing of the log of a container that has ended, and counts what is beyond the limit.</summary>
    public async Task FinishAsync(string id, AttemptDirectory directory, long limit, CancellationToken cancellationToken)
    {
        var dropped = await ReadAsync(id, directory, limit, follow: false, cancellationToken);
        if (dropped > 0)
            await File.WriteAllTextAsync(directory.LogCut, $"{dropped}\n", cancellationToken);
    }

    /// <returns>Bytes beyond the limit.</returns>
    private async Task<long> ReadAsync(string id, AttemptDirectory directory, long limit, bool follow, CancellationToken cancellationToken)
    {
        await using var log = new FileStream(directory.Log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        using var printed = await engine.LogsAsync(id, follow, cancellationToken);
        var (skip, dropped) = (log.Position, 0L);
        var buffer = new byte[BufferSize];
        while (true)
        {
            var read = await printed.ReadOutputAsync(buffer, 0, buffer.Length, cancellationToken);
            if (read.EOF)
                break;

            var known = (int)Math.Min(skip, read.Count);
            skip -= known;
            var room = (int)Math.Min(limit - log.Position, read.Count - known);
            if (room > 0)
            {
                await log.WriteAsync(buffer.AsMemory(known, room), cancellationToken);
                await log.FlushAsync(cancellationToken);
            }

            dropped += read.Count - known - Math.Max(0, room);
        }

        return dropped;
    }
}
