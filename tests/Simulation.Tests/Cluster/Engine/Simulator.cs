namespace JobServer.Simulation.Tests.Cluster.Engine;

/// <summary>
/// One thread, one seed: picks by chance what runs next, and moves time on when nothing can. Equal seeds give equal runs.
/// </summary>
internal sealed class Simulator(int seed, Trace trace)
{
    /// <summary>So many steps without time going on mean that the cluster runs in circles.</summary>
    private const int MostStepsAtOnce = 200_000;

    private const int MostReady = 20_000;

    private const string OneThread = "One thread";

    [ThreadStatic]
    private static SimProcess? _running;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<Work> _ready = [];
    private readonly PriorityQueue<Action, (long Due, long Number)> _timers = new();
    private readonly List<SimProcess> _processes = [];
    private long _timerNumber;
    private int _stepsAtOnce;
    private volatile Violation? _violation;

    /// <summary>Whose step this is.</summary>
    public static SimProcess? Running => _running;

    public Random Random { get; } = new(seed);

    public Trace Trace => trace;

    /// <summary>In ticks since the start.</summary>
    public long Now { get; private set; }

    public long Steps { get; private set; }

    public Violation? Violation => _violation;

    /// <summary>Asked before each step of the chaos: may end the process whose step it is.</summary>
    public Func<SimProcess, bool>? Strikes { get; set; }

    public SimProcess Process(string name, double rate = 1, TimeSpan skew = default)
    {
        var process = new SimProcess(this, _processes.Count + 1, name, rate, skew);
        _processes.Add(process);
        return process;
    }

    /// <summary>The run is over: what finalizers still find does nothing.</summary>
    public void End() => _processes.ForEach(process => process.Kill());

    /// <summary>Runs a program to its end in its process. That it fails is a violation, unless it was killed.</summary>
    public void Start(SimProcess process, Func<Task> program) => Post(process, _ => Run(process, program), null);

    public void Post(SimProcess process, SendOrPostCallback callback, object? state)
    {
        // A finalizer may come for what a dead process left behind.
        if (!process.IsAlive)
        {
            return;
        }

        if (IsOtherThread)
        {
            // An exception here would end the whole test host: nobody on that thread could catch it.
            LeftThread($"{process.Name} went on in {Continuations.NameOf(callback, state)}");
            return;
        }

        _ready.Add(new Work(process, callback, state));
    }

    /// <summary>Calls back between steps, in no process.</summary>
    public void At(long due, Action callback)
    {
        CheckThread();
        _timers.Enqueue(callback, (Math.Max(due, Now), _timerNumber++));
    }

    public void After(TimeSpan wait, Action callback) => At(Now + wait.Ticks, callback);

    public void Violate(string invariant, string what)
    {
        if (Interlocked.CompareExchange(ref _violation, new Violation(invariant, what, TimeSpan.FromTicks(Now)), null) is null)
        {
            trace.Add(Now, "!!", $"{_violation}");
        }
    }

    /// <summary>Work on another thread is not under the seed's control.</summary>
    public void CheckThread()
    {
        if (IsOtherThread)
        {
            LeftThread($"{_running?.Name ?? "somebody"} touched the simulation");
            throw new InvalidOperationException("A continuation left the scheduler.");
        }
    }

    private bool IsOtherThread => Environment.CurrentManagedThreadId != _thread;

    // In place of any other violation: whatever else went wrong may come of this.
    private void LeftThread(string how)
    {
        if (_violation is not { Invariant: OneThread })
        {
            _violation = new Violation(OneThread, $"{how} on another thread. The stack that brought it there:\n{Environment.StackTrace}", TimeSpan.FromTicks(Now));
        }
    }

    /// <returns>Whether the condition came true before the deadline and nothing was violated.</returns>
    public bool RunUntil(TimeSpan deadline, Func<bool> condition)
    {
        var before = SynchronizationContext.Current;
        try
        {
            while (Violation is null)
            {
                if (condition())
                {
                    return true;
                }

                if (!Step(deadline.Ticks))
                {
                    return false;
                }
            }

            return false;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    public bool Chance(double probability) => Random.NextDouble() < probability;

    /// <summary>Between the two, evenly.</summary>
    public TimeSpan Span(double fromSeconds, double toSeconds) =>
        TimeSpan.FromSeconds(fromSeconds + ((toSeconds - fromSeconds) * Random.NextDouble()));

    private bool Step(long deadline)
    {
        if (_ready.Count == 0)
        {
            return Advance(deadline);
        }

        var at = Random.Next(_ready.Count);
        var work = _ready[at];
        _ready[at] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        if (!work.Process.IsAlive)
        {
            return true;
        }

        if (work.Process.IsPaused)
        {
            work.Process.Hold(work);
            return true;
        }

        if (Strikes?.Invoke(work.Process) == true)
        {
            return true;
        }

        Steps++;
        trace.Mix(work.Process.Number);
        if (++_stepsAtOnce > MostStepsAtOnce || _ready.Count > MostReady)
        {
            Violate("I18 bounded", $"{_stepsAtOnce} steps without time going on, {_ready.Count} continuations ready; the last was {work.Process.Name}'s.");
        }

        Execute(work);
        return true;
    }

    private void Execute(Work work)
    {
        _running = work.Process;
        SynchronizationContext.SetSynchronizationContext(new SimContext(work.Process));
        try
        {
            work.Callback(work.State);
        }
        catch (ProcessCrashedException)
        {
            // It is dead; so is what it was doing.
        }
        catch (Exception exception)
        {
            if (work.Process.IsAlive)
            {
                Violate("No crash", $"{work.Process.Name} threw where nobody could catch it: {exception}");
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(null);
            _running = null;
        }
    }

    private bool Advance(long deadline)
    {
        if (!_timers.TryPeek(out _, out var next) || next.Due > deadline)
        {
            return false;
        }

        if (next.Due > Now)
        {
            Now = next.Due;
            _stepsAtOnce = 0;
        }

        _timers.Dequeue()();
        return true;
    }

    private async void Run(SimProcess process, Func<Task> program)
    {
        try
        {
            await program();
        }
        catch (Exception exception)
        {
            if (process.IsAlive)
            {
                Violate("No crash", $"{process.Name} ended with an error: {exception}");
            }
        }
    }
}
