using System.Threading.Channels;

namespace JobServer.Portal.Live;

/// <summary>One open page's ear at the <see cref="ChangeHub"/>.</summary>
internal sealed class ChangeSubscription(ChangeHub hub, IReadOnlyList<ChangeKey> keys) : IDisposable
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public IReadOnlyList<ChangeKey> Keys => keys;

    public void Signal() => _signals.Writer.TryWrite(true);

    /// <summary>Returns at the next signal, or after <paramref name="longest"/> without one.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            await _signals.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }

    public void Dispose() => hub.Remove(this);
}
