using System.Collections.Concurrent;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Tests.Connection;

/// <summary>Work that does what the test says.</summary>
internal sealed class FakeWork(AgentJournal journal, AgentWake wake) : IAttemptWork
{
    public ConcurrentQueue<AttemptKey> Started { get; } = new();

    public ConcurrentQueue<AttemptKey> CleanedUp { get; } = new();

    public ConcurrentDictionary<AttemptKey, AttemptControl> Controls { get; } = new();

    public ProcessState Process { get; set; } = ProcessState.NotStarted;

    /// <summary>The next run fails before it has done anything, as on a disk that takes no record.</summary>
    public bool Breaks { get; set; }

    public async Task RunAsync(AttemptControl attempt, CancellationToken stopping)
    {
        Started.Enqueue(attempt.Key);
        if (Breaks)
            throw new IOException("No space left on device");

        Controls[attempt.Key] = attempt;
        journal.MarkStarted(attempt.Key);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, attempt.StopRequested, attempt.InterruptRequested);
        try
        {
            await Task.Delay(Timeout.Infinite, either.Token);
        }
        catch (OperationCanceledException) when (attempt is { Cancelled: true, Discarded: false })
        {
            Report(attempt.Key, StatusKind.Failed);
        }
        catch (OperationCanceledException) when (attempt is { InterruptRequested.IsCancellationRequested: true, Discarded: false })
        {
            Report(attempt.Key, StatusKind.Interrupted);
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Attempts whose report found no room on the disk.</summary>
    public ConcurrentQueue<AttemptKey> Unreported { get; } = new();

    public void Report(AttemptKey key, StatusKind kind)
    {
        try
        {
            journal.Report(key, new Status { Kind = kind });
        }
        catch (IOException)
        {
            Unreported.Enqueue(key);
            throw;
        }

        wake.Set();
    }

    public void CleanUp(AttemptKey key) => CleanedUp.Enqueue(key);

    public ProcessState Probe(AttemptKey key) => Process;
}
