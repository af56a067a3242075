using System.Collections.Concurrent;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;

namespace JobServer.RunnerAgent.Tests.Execution;

/// <summary>A sandbox that does what the test says.</summary>
internal sealed class FakeSandbox(TimeProvider time) : ISandbox
{
    public DateTimeOffset StartedAt { get; set; } = time.GetUtcNow();

    public bool ObeysSoftStop { get; set; } = true;

    public bool ObeysForce { get; set; } = true;

    public SandboxExit? Exit { get; set; }

    public ConcurrentQueue<(bool Force, DateTimeOffset At)> Stops { get; } = new();

    public Task<string?> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task StartAsync(SandboxRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

    public SandboxProbe Probe(AttemptDirectory directory) => Exit is { } exit
        ? new SandboxProbe(ProcessState.Ended, exit)
        : new SandboxProbe(ProcessState.Alive, StartedAt: StartedAt);

    public bool GiveUp(AttemptDirectory directory) => false;

    public bool Stop(AttemptDirectory directory, bool force)
    {
        Stops.Enqueue((force, time.GetUtcNow()));
        if (force ? ObeysForce : ObeysSoftStop)
            Exit = new SandboxExit { Code = force ? 137 : 143 };

        return true;
    }

    public void Hand(AttemptDirectory directory)
    {
    }
}
