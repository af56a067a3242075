using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Workspaces;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Execution;

/// <summary>
/// The attempts of this agent: takes assignments, runs each attempt once, stops and forgets them.
/// Every answer rests on what the journal holds, so a restarted agent gives the same one.
/// </summary>
internal sealed class AttemptTable(
    IOptions<AgentOptions> options, AgentJournal journal, IAttemptWork work, AgentWake wake, TimeProvider time, ILogger<AttemptTable> logger) : IDisposable
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<AttemptKey, (AttemptControl Control, Task Run)> _running = [];
    private readonly HashSet<AttemptKey> _unforgotten = [];
    private AgentMode _mode = AgentMode.Active;
    private CancellationTokenSource? _deadline;
    private bool _isLeaving;
    private bool _mustEnd;
    private CancellationToken _stopping;

    /// <summary>What the Coordinator wants, unless this agent is about to stop by itself.</summary>
    public AgentMode Mode
    {
        get
        {
            lock (_lock)
            {
                return _isLeaving ? AgentMode.Draining : _mode;
            }
        }
    }

    /// <summary>In bytes.</summary>
    public long DiskFree => DiskSpace.Free(options.Value.StateDirectory);

    /// <summary>Attempts whose last report is not made yet.</summary>
    public int Unfinished => journal.Open.Count(attempt => attempt.Unfinished);

    /// <summary>Attempts of which anything is still to be done or to be acknowledged.</summary>
    /// <param name="except">Those that wait for a person.</param>
    public int Held(Func<AttemptKey, bool> except) => journal.Open.Count(attempt => !except(attempt.Key));

    /// <param name="drainWithin">After this long, by this machine's clock, what still runs is interrupted, connected or not. Null: never.</param>
    public void SetMode(AgentMode mode, TimeSpan? drainWithin = null)
    {
        lock (_lock)
        {
            _mode = mode;
            if (_isLeaving)
                return;

            _mustEnd = false;
            Arm(mode == AgentMode.Draining ? drainWithin : null);
        }

        wake.Set();
    }

    /// <summary>This agent is to stop: from now on it drains, whatever the Coordinator wants.</summary>
    public void Leave(TimeSpan within)
    {
        lock (_lock)
        {
            _isLeaving = true;
            Arm(within);
        }

        wake.Set();
    }

    /// <summary>Finds the sandboxes that ran on while no agent was there. Those not started wait for a verdict.</summary>
    public void Begin(CancellationToken stopping)
    {
        _stopping = stopping;
        foreach (var attempt in journal.Open.Where(attempt => attempt.Unfinished && attempt.Started))
        {
            logger.Adopted(attempt.Key, work.Probe(attempt.Key));
            Run(attempt);
        }
    }

    /// <summary>Waits until all attempts have let go; their sandboxes run on.</summary>
    public Task EndAsync()
    {
        lock (_lock)
        {
            return Task.WhenAll(_running.Values.Select(running => running.Run));
        }
    }

    /// <summary>The promise only: the assignment is in the journal when this returns. <see cref="Keep"/> starts it.</summary>
    public AssignReply Accept(Assign assign)
    {
        var key = AttemptKey.Of(assign.Attempt ?? new Attempt());
        var reply = new AssignReply { Attempt = assign.Attempt, Decision = AssignDecision.Accepted };
        if (key.IsValid && journal.Find(key) is not null)
            return reply;
        if (Refusal(key, assign) is var (decision, message))
        {
            reply.Decision = decision;
            reply.Message = message;
            return reply;
        }

        foreach (var older in journal.Open.Where(other => other.Key.JobId == key.JobId && other.Key.Fence < key.Fence))
            Discard(older.Key);

        try
        {
            if (journal.Accept(assign) == AcceptOutcome.Stale)
            {
                reply.Decision = AssignDecision.Unable;
                reply.Message = "A newer attempt of the job is known here.";
                return reply;
            }
        }
        catch (IOException error)
        {
            logger.NotAccepted(key, error);
            reply.Decision = AssignDecision.DiskFull;
            reply.Message = "The backend's disk takes no record of the job.";
            return reply;
        }

        logger.Accepted(key);
        return reply;
    }

    /// <summary>The lease is known to hold: starts the attempt if it was accepted and never started.</summary>
    public void Keep(AttemptKey key)
    {
        if (journal.Find(key) is { Unfinished: true } attempt)
            Run(attempt);
    }

    /// <summary>Stops an attempt, whether or not that can be written down.</summary>
    /// <returns>Null when it could not: the Coordinator asks again, and is answered when a restart would remember it.</returns>
    public CancelReply? Cancel(Cancel cancel)
    {
        var key = AttemptKey.Of(cancel.Attempt ?? new Attempt());
        var reply = new CancelReply { Attempt = cancel.Attempt, Outcome = CancelOutcome.Stopping };
        if (journal.Find(key) is not { } attempt)
        {
            reply.Outcome = CancelOutcome.UnknownAttempt;
            return reply;
        }

        if (!attempt.Unfinished)
        {
            reply.Outcome = CancelOutcome.AlreadyFinished;
            return reply;
        }

        var isWritten = attempt.CancelReason is not null || TryWrite(key, () => journal.RequestCancel(key, cancel.Reason, cancel.GraceMs));
        Run(isWritten ? journal.Find(key)! : attempt with { CancelReason = cancel.Reason, CancelGraceMs = cancel.GraceMs });
        return isWritten ? reply : null;
    }

    /// <summary>The attempt is not ours any more: its sandbox is stopped and what it made is thrown away.</summary>
    public void Discard(AttemptKey key)
    {
        if (journal.Find(key) is not { Forgotten: false })
            return;

        logger.Discarded(key);
        lock (_lock)
        {
            if (_running.TryGetValue(key, out var running))
            {
                running.Control.Discard();
                return;
            }
        }

        if (work.Probe(key) == ProcessState.Alive)
            Run(journal.Find(key)!, discard: true);
        else
            Forget(key);
    }

    /// <summary>Its end is known to the Coordinator: nothing of it is needed here any more.</summary>
    public void Forget(AttemptKey key)
    {
        if (journal.Find(key) is not { Forgotten: false })
            return;

        try
        {
            work.CleanUp(key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            logger.CleanUpFailed(key, error);
        }

        var isWritten = TryWrite(key, () => journal.Forget(key));
        lock (_lock)
        {
            _ = isWritten ? _unforgotten.Remove(key) : _unforgotten.Add(key);
        }

        wake.Set();
    }

    /// <summary>Forgets what could not be forgotten before, as on a full disk.</summary>
    public void ForgetAgain()
    {
        List<AttemptKey> keys;
        lock (_lock)
        {
            keys = [.. _unforgotten];
        }

        keys.ForEach(Forget);
    }

    public Credits Free()
    {
        var held = journal.Open.Where(attempt => attempt.Unfinished).ToLookup(attempt => attempt.Assign.Spec?.Kind);
        var open = Mode is AgentMode.Active && DiskFree > options.Value.Limits.DiskFloor;
        var credits = new Credits();
        foreach (var slots in Slots())
        {
            credits.Free.Add(new Slots
            {
                Kind = slots.Kind,
                Count = open ? Math.Max(0, slots.Count - held[slots.Kind].Count()) : 0,
            });
        }

        return credits;
    }

    public IEnumerable<Slots> Slots() =>
    [
        new Slots { Kind = JobKind.Standard, Count = options.Value.StandardSlots },
        new Slots { Kind = JobKind.Database, Count = options.Value.DatabaseSlots },
    ];

    public IEnumerable<InventoryItem> Inventory() => journal.Open.Select(attempt => new InventoryItem
    {
        Attempt = attempt.Key.ToAttempt(),
        State = attempt.State,
        LastSequenceMade = attempt.LastMade,
        LastSequenceAcked = attempt.LastAcked,
        Process = work.Probe(attempt.Key),
    });

    private (AssignDecision Decision, string Message)? Refusal(AttemptKey key, Assign assign)
    {
        if (!key.IsValid)
            return (AssignDecision.BadSpec, "The attempt's identifier cannot be used.");
        if (JobSpecRules.Problem(assign.Spec) is { } problem)
            return (AssignDecision.BadSpec, $"The assignment cannot be used: {problem}.");
        if (Mode is not AgentMode.Active)
            return (AssignDecision.Draining, "The agent takes no new jobs now.");
        if (DiskFree <= options.Value.Limits.DiskFloor)
            return (AssignDecision.DiskFull, "The backend has too little free disk space.");

        return Free().Free.Any(slots => slots.Kind == assign.Spec!.Kind && slots.Count > 0)
            ? null
            : (AssignDecision.Busy, "All slots of this kind are taken.");
    }

    private bool TryWrite(AttemptKey key, Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (IOException error)
        {
            logger.NotWritten(key, error);
            return false;
        }
    }

    private void Arm(TimeSpan? within)
    {
        _deadline?.Dispose();
        _deadline = within is { } delay ? new CancellationTokenSource(delay, time) : null;
        _deadline?.Token.Register(InterruptAll);
    }

    private void InterruptAll()
    {
        List<AttemptControl> running;
        lock (_lock)
        {
            _mustEnd = true;
            running = [.. _running.Values.Select(entry => entry.Control)];
        }

        logger.DrainEnds(running.Count);
        running.ForEach(control => control.Interrupt());
    }

    private void Run(AttemptRecord attempt, bool discard = false)
    {
        lock (_lock)
        {
            if (!_running.TryGetValue(attempt.Key, out var running))
            {
                var control = new AttemptControl(attempt.Key, attempt.Assign);
                running = (control, Task.CompletedTask);
                _running[attempt.Key] = running;
                Apply(control, attempt, discard);
                if (_mustEnd)
                    control.Interrupt();
                _running[attempt.Key] = (control, RunAsync(control));
                return;
            }

            Apply(running.Control, attempt, discard);
        }
    }

    private static void Apply(AttemptControl control, AttemptRecord attempt, bool discard)
    {
        if (discard)
            control.Discard();
        else if (attempt.CancelReason is not null && !control.Cancelled)
            control.Cancel(attempt.CancelGraceMs > 0 ? TimeSpan.FromMilliseconds(attempt.CancelGraceMs) : null);
    }

    private async Task RunAsync(AttemptControl control)
    {
        // The caller answers the Coordinator first.
        await Task.Yield();
        while (!await TryAsync(control))
        {
            // Not even its end could be written down, as on a full disk. What the journal holds says where to go on.
        }

        lock (_lock)
        {
            _running.Remove(control.Key);
        }

        if (control.Discarded && !_stopping.IsCancellationRequested)
            Forget(control.Key);

        control.Dispose();
        wake.Set();
    }

    /// <returns>Whether nothing is left to do; otherwise some time has passed.</returns>
    private async Task<bool> TryAsync(AttemptControl control)
    {
        try
        {
            await work.RunAsync(control, _stopping);
            return true;
        }
        catch (Exception error)
        {
            logger.AttemptBroke(control.Key, error);
        }

        if (control.Discarded || journal.Find(control.Key) is not { Unfinished: true })
            return true;

        // Whoever wants it stopped does not wait; who did before finds out again in a while.
        var stop = control.StopRequested.IsCancellationRequested ? CancellationToken.None : control.StopRequested;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stopping, stop);
        try
        {
            await Task.Delay(AgainAfter, time, either.Token);
        }
        catch (OperationCanceledException)
        {
            // The answer follows.
        }

        return control.Discarded || _stopping.IsCancellationRequested;
    }

    public void Dispose() => _deadline?.Dispose();
}
