using System.Threading.Channels;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;

namespace JobServer.Benchmarks.Transfers;

/// <summary>Instead of running an attempt, hands it to the benchmark and keeps it.</summary>
internal sealed class HeldWork : IAttemptWork
{
    private readonly Channel<Assign> _assigned = Channel.CreateUnbounded<Assign>();

    public ValueTask<Assign> NextAsync() => _assigned.Reader.ReadAsync();

    public async Task RunAsync(AttemptControl attempt, CancellationToken stopping)
    {
        _assigned.Writer.TryWrite(attempt.Assign);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(attempt.StopRequested, stopping);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void CleanUp(AttemptKey key)
    {
    }

    public ProcessState Probe(AttemptKey key) => ProcessState.Alive;
}
