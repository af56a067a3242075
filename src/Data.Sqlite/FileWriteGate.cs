using System.Collections.Concurrent;
using JobServer.Data.Writing;

namespace JobServer.Data.Sqlite;

/// <summary>
/// One writer at a time per file in this process, first come first served. SQLite would serialise them too, but unfairly:
/// waits of seconds were measured.
/// </summary>
#pragma warning disable CA1001 // Gates live as long as the process.
internal sealed class FileWriteGate : IWriteGate
#pragma warning restore CA1001
{
    private static readonly ConcurrentDictionary<string, FileWriteGate> Gates = new(StringComparer.Ordinal);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _turns = new(1, 1);

    private FileWriteGate()
    {
    }

    public static FileWriteGate For(string path) => Gates.GetOrAdd(path, _ => new FileWriteGate());

    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        return await _turns.WaitAsync(Patience, cancellationToken)
            ? new Turn(_turns)
            : throw new TimeoutException($"The database was busy for {Patience.TotalSeconds:0} seconds, so nothing was written. Try again.");
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private SemaphoreSlim? _turns = turns;

        public void Dispose() => Interlocked.Exchange(ref _turns, null)?.Release();
    }
}
