namespace JobServer.Coordinator;

/// <summary>Wakes one loop early. Raising it many times before the loop looks counts once.</summary>
internal abstract class WakeSignal
{
    private TaskCompletionSource _raised = NewSource();

    public void Raise() => Volatile.Read(ref _raised).TrySetResult();

    /// <summary>Returns when raised or after the interval, whichever is first.</summary>
    public async Task WaitAsync(TimeSpan interval, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var raised = Volatile.Read(ref _raised);
        await Task.WhenAny(raised.Task, Task.Delay(interval, timeProvider, stop.Token));
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();

        // Before the loop works, so that what is raised from here on wakes it again.
        if (raised.Task.IsCompleted)
        {
            Interlocked.CompareExchange(ref _raised, NewSource(), raised);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
