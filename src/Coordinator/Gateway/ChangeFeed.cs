using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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

    public async IAsyncEnumerable<Change> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<Change>(new BoundedChannelOptions(WatcherBound) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _watchers[channel] = true;
        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            _watchers.TryRemove(channel, out _);
        }
    }
}
