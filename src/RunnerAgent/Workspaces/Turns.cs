namespace JobServer.RunnerAgent.Workspaces;

/// <summary>One at a time for each name, first come first served; those with another name are not waited for.</summary>
internal sealed class Turns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _waiting = new(StringComparer.Ordinal);

    /// <returns>To be disposed of when the turn is over.</returns>
    public async Task<IDisposable> TakeAsync(string name, CancellationToken cancellationToken)
    {
        // Each waiter awaits its own source, which continues where it waits: not on the thread pool, outside the caller's scheduler.
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_waiting.TryAdd(name, []))
                waiter.SetResult();
            else
                _waiting[name].Enqueue(waiter);
        }

        using var cancelled = cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        await waiter.Task;
        return new Turn(this, name);
    }

    private void Next(string name)
    {
        lock (_lock)
        {
            var waiting = _waiting[name];
            while (waiting.TryDequeue(out var waiter))
            {
                // Who has given up meanwhile is passed over.
                if (waiter.TrySetResult())
                    return;
            }

            _waiting.Remove(name);
        }
    }

    private sealed class Turn(Turns turns, string name) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (_isOver)
                return;

            _isOver = true;
            turns.Next(name);
        }
    }
}
