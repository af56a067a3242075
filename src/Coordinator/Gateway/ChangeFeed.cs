using System.Collections.Concurrent;
using System.Threading.Channels;
using JobServer.Contracts.V1;

namespace JobServer.Coordinator.Gateway;

/// <summary>Tells watchers what changed. Best effort: a slow watcher loses the oldest changes and never delays a writer.</summary>
internal sealed class ChangeFeed
{
    private const int WatcherBound = 1024;

    private readonly ConcurrentDictionary<Channel<Change>, bool> _watchers = [];

    public void Publish(IEnumerable<Change> changes)
    {
        foreach (var change in changes)
        {
            foreach (var watcher in _watchers.Keys)
            {
                watcher.Writer.TryWrite(change);
            }
        }
    }

    /// <summary>Hears what is published from now on, until disposed.</summary>
    public Watcher Watch() => new(this);

    internal sealed class Watcher : IDisposable
    {
        private readonly ChangeFeed _feed;
        private readonly Channel<Change> _channel = Channel.CreateBounded<Change>(
            new BoundedChannelOptions(WatcherBound) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        public Watcher(ChangeFeed feed)
        {
            _feed = feed;
            feed._watchers[_channel] = true;
        }

        public IAsyncEnumerable<Change> ReadAllAsync(CancellationToken cancellationToken) => _channel.Reader.ReadAllAsync(cancellationToken);

        public void Dispose() => _feed._watchers.TryRemove(_channel, out _);
    }
}
