using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Execution;

/// <summary>A running attempt, and the way to stop it.</summary>
internal sealed class AttemptControl(AttemptKey key, Assign assign) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _interrupt = new();

    public AttemptKey Key => key;

    public Assign Assign => assign;

    /// <summary>Set when the attempt is to end early, for either reason.</summary>
    public CancellationToken StopRequested => _stop.Token;

    /// <summary>Set when the agent must be free soon: what has not run to its end is stopped, and queued again by the Coordinator.</summary>
    public CancellationToken InterruptRequested => _interrupt.Token;

    public bool Cancelled { get; private set; }

    /// <summary>The attempt is not ours any more: no report, no outputs.</summary>
    public bool Discarded { get; private set; }

    public TimeSpan? Grace { get; private set; }

    public void Cancel(TimeSpan? grace)
    {
        Grace = grace;
        Cancelled = true;
        _stop.Cancel();
    }

    public void Discard()
    {
        Discarded = true;
        _stop.Cancel();
    }

    public void Interrupt() => _interrupt.Cancel();

    public void Dispose()
    {
        _stop.Dispose();
        _interrupt.Dispose();
    }
}
