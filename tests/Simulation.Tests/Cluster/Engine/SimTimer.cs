namespace JobServer.Simulation.Tests.Cluster.Engine;

internal sealed class SimTimer(SimProcess process, TimerCallback callback, object? state) : ITimer
{
    private int _version;
    private TimeSpan _period;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var version = ++_version;
        _period = period;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Arm(dueTime, version);
        }

        return true;
    }

    public void Dispose() => _version++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Arm(TimeSpan wait, int version)
    {
        // What is due now is due a moment later: a timer never fires inside the call that makes it.
        var due = process.Simulator.Now + Math.Max(1, (long)(wait.Ticks / process.Rate));
        process.Simulator.At(due, () =>
        {
            if (version == _version)
            {
                process.Simulator.Post(process, _ => Fire(version), null);
            }
        });
    }

    private void Fire(int version)
    {
        if (version != _version)
        {
            return;
        }

        if (_period > TimeSpan.Zero)
        {
            Arm(_period, version);
        }

        callback(state);
    }
}
