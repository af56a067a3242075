namespace JobServer.RunnerAgent.Connection;

/// <summary>Whether there is a session now, and its epoch. Transfers wait for one.</summary>
internal sealed class LiveSession
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _live = New();

    /// <summary>0 while there is none.</summary>
    public long Epoch { get; private set; }

    public void Begin(long epoch)
    {
        lock (_lock)
        {
            Epoch = epoch;
            _live.TrySetResult();
        }
    }

    public void End()
    {
        lock (_lock)
        {
            Epoch = 0;
            if (_live.Task.IsCompleted)
                _live = New();
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _live.Task.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
