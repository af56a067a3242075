using System.Collections.Concurrent;

namespace JobServer.Coordinator.Logs;

/// <summary>One log stream for each agent: a newer one ends the older, which may hang on a dead connection.</summary>
internal sealed class LogStreams
{
    private const int MostAtOnce = 4096;

    private readonly ConcurrentDictionary<(int BackendId, string AgentId), Stream> _open = new();

    public int Open => _open.Count;

    public IReadOnlyCollection<Stream> All => [.. _open.Values];

    /// <summary>Null when there are too many. Dispose it at the end of the stream.</summary>
    public Stream? Enter(int backendId, string agentId, string tokenHash, CancellationToken cancellationToken)
    {
        if (_open.Count >= MostAtOnce)
        {
            return null;
        }

        var stream = new Stream(this, (backendId, agentId), tokenHash, cancellationToken);
        Stream? older = null;
        _open.AddOrUpdate(stream.Key, stream, (_, before) =>
        {
            older = before;
            return stream;
        });
        older?.End();
        return stream;
    }

    internal sealed class Stream(LogStreams owner, (int BackendId, string AgentId) key, string tokenHash, CancellationToken cancellationToken) : IDisposable
    {
        private readonly CancellationTokenSource _ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        public (int BackendId, string AgentId) Key => key;

        /// <summary>The digest of the token that opened it.</summary>
        public string TokenHash => tokenHash;

        public CancellationToken Ends => _ends.Token;

        public void End()
        {
            try
            {
                _ends.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended by itself.
            }
        }

        public void Dispose()
        {
            owner._open.TryRemove(new KeyValuePair<(int, string), Stream>(key, this));
            _ends.Dispose();
        }
    }
}
