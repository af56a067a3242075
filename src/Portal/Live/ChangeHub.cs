using System.Collections.Concurrent;

namespace JobServer.Portal.Live;

/// <summary>
/// Tells open pages of this process that a thing changed. A signal carries no content: who hears it reads the rows.
/// Signals that nobody has picked up yet fall together, so a slow reader costs one bit.
/// </summary>
internal sealed class ChangeHub
{
    private readonly ConcurrentDictionary<ChangeKey, ChangeSubscription[]> _subscriptions = new();

    /// <summary>Listens until disposed. Subscribe first and read the rows then, or a change in between is missed.</summary>
    public ChangeSubscription Subscribe(params IReadOnlyList<ChangeKey> keys)
    {
        var subscription = new ChangeSubscription(this, keys);
        foreach (var key in keys)
            _subscriptions.AddOrUpdate(key, [subscription], (_, others) => [.. others, subscription]);
        return subscription;
    }

    public void Publish(ChangeKey key)
    {
        if (!_subscriptions.TryGetValue(key, out var subscriptions))
            return;
        foreach (var subscription in subscriptions)
            subscription.Signal();
    }

    /// <summary>Things that somebody is looking at, for tests and metrics.</summary>
    public int WatchedThings => _subscriptions.Count;

    internal void Remove(ChangeSubscription subscription)
    {
        foreach (var key in subscription.Keys)
        {
            while (_subscriptions.TryGetValue(key, out var before))
            {
                var after = Array.FindAll(before, other => !ReferenceEquals(other, subscription));
                var done = after.Length == 0
                    ? _subscriptions.TryRemove(new(key, before))
                    : _subscriptions.TryUpdate(key, after, before);
                if (done)
                    break;
            }
        }
    }
}
