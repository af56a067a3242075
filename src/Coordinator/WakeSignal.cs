using System.Threading.Channels;

namespace JobServer.Coordinator;

/// <summary>Wakes one loop early. Raising it many times before the loop looks counts once.</summary>
internal abstract class WakeSignal
{
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => _raised.Writer.TryWrite(true);

    /// <summary>Returns when raised or after the interval, whichever is first.</summary>
    public async Task WaitAsync(TimeSpan interval, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        // The interval raises too: one thing to await, and its continuation stays with the caller's scheduler.
        await using var due = timeProvider.CreateTimer(signal => ((WakeSignal)signal!).Raise(), this, interval, Timeout.InfiniteTimeSpan);
        await _raised.Reader.ReadAsync(cancellationToken);
    }
}
