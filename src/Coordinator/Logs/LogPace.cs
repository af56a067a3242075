namespace JobServer.Coordinator.Logs;

/// <summary>Bounds what one agent may send in a second; flow control carries the wait to the agent.</summary>
internal sealed class LogPace(long bytesPerSecond, TimeProvider timeProvider)
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    private readonly long _begun = timeProvider.GetTimestamp();
    private TimeSpan _paidUntil;

    public async Task WaitAsync(long bytes, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetElapsedTime(_begun);
        _paidUntil = (_paidUntil > now ? _paidUntil : now) + TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
        var ahead = _paidUntil - now - Burst;
        if (ahead > TimeSpan.Zero)
        {
            await Task.Delay(ahead, timeProvider, cancellationToken);
        }
    }
}
