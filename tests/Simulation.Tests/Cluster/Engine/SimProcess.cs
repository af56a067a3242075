namespace JobServer.Simulation.Tests.Cluster.Engine;

/// <summary>One start of a program: it owns continuations and timers, all of which end with it.</summary>
internal sealed class SimProcess
{
    private readonly List<Work> _held = [];

    public SimProcess(Simulator simulator, int number, string name, double rate, TimeSpan skew)
    {
        Simulator = simulator;
        Number = number;
        Name = name;
        Rate = rate;
        Skew = skew;
        Time = new SimTime(this);
    }

    public Simulator Simulator { get; }

    public int Number { get; }

    public string Name { get; }

    /// <summary>Local seconds in one true second.</summary>
    public double Rate { get; }

    /// <summary>How wrong its wall clock is.</summary>
    public TimeSpan Skew { get; }

    public SimTime Time { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>In ticks of virtual time: the machine stands still until then.</summary>
    public long PausedUntil { get; private set; }

    public bool IsPaused => PausedUntil > Simulator.Now;

    /// <summary>To be asked before anything that the outside world could notice.</summary>
    public void Guard()
    {
        Simulator.CheckThread();
        if (!IsAlive)
        {
            throw new ProcessCrashedException(Name);
        }
    }

    public void Kill()
    {
        IsAlive = false;
        _held.Clear();
    }

    public void Pause(TimeSpan time)
    {
        PausedUntil = Math.Max(PausedUntil, Simulator.Now + time.Ticks);
        Simulator.At(PausedUntil, Release);
    }

    public void Hold(Work work) => _held.Add(work);

    /// <summary>A wait on the true clock that ends in this process; never ends when it dies.</summary>
    public async Task DelayAsync(TimeSpan time, CancellationToken cancellationToken = default)
    {
        var done = new TaskCompletionSource();
        Simulator.At(Simulator.Now + time.Ticks, () => Simulator.Post(this, static state => ((TaskCompletionSource)state!).TrySetResult(), done));
        using var cancelled = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        await done.Task;
    }

    private void Release()
    {
        if (IsPaused)
        {
            return;
        }

        foreach (var work in _held)
        {
            Simulator.Post(this, work.Callback, work.State);
        }

        _held.Clear();
    }
}
