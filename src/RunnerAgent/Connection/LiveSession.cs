namespace JobServer.RunnerAgent.Connection;

/// <summary>Whether there is a session now, and its epoch. Transfers wait for one.</summary>
internal sealed class LiveSession
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];

    /// <summary>0 while there is none.</summary>
    public long Epoch { get; private set; }

    public void Begin(long epoch)
    {
        lock (_lock)
        {
            Epoch = epoch;
            _waiting.ForEach(waiter => waiter.TrySetResult());
            _waiting.Clear();
        }
    }

    public void End()
    {
        lock (_lock)
        {
            Epoch = 0;
        }
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        // Each waiter awaits its own source: Task.WaitAsync would continue on the thread pool, outside the caller's scheduler.
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (Epoch != 0)
                return;

            _waiting.Add(waiter);
        }

        using var cancelled = cancellationToken.Register(() => Leave(waiter, cancellationToken));
        await waiter.Task;
    }

    private void Leave(TaskCompletionSource waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _waiting.Remove(waiter);
        }

        waiter.TrySetCanceled(cancellationToken);
    }
}
