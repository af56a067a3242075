namespace JobServer.Data.Logs;

/// <summary>One attempt's file, held by one writer until disposed.</summary>
public interface ILogAppender : IAsyncDisposable
{
    /// <summary>
    /// Writes the pieces from <paramref name="size"/> on, in place of whatever lies beyond it: bytes that an earlier
    /// writer left without committing them. Durable when it returns.
    /// </summary>
    /// <param name="size">The committed size in bytes.</param>
    /// <param name="pieces">In order.</param>
    /// <param name="cancellationToken">What was written so far then lies beyond the committed size.</param>
    /// <exception cref="InvalidDataException">The file is shorter than <paramref name="size"/>: committed bytes are missing.</exception>
    Task AppendAsync(long size, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken);
}
