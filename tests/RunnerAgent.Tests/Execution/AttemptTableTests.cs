using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Tests.Connection;
using JobServer.RunnerAgent.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobServer.RunnerAgent.Tests.Execution;

public sealed class AttemptTableTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task An_attempt_whose_end_could_not_be_written_down_is_gone_on_with()
    {
        var time = new FakeTimeProvider();
        var journal = new AgentJournal(new RecordingStorage(), new SeededAgentRandom(1), time);
        var assign = SessionBench.Job("job1");
        var key = AttemptKey.Of(assign.Attempt);
        journal.Accept(assign);
        journal.MarkStarted(key);
        var options = Options.Create(new AgentOptions { StateDirectory = _temp.Path });
        using var table = new AttemptTable(options, journal, new WorkOnAFullDisk(journal), new AgentWake(), time, NullLogger<AttemptTable>.Instance);

        table.Begin(_stop.Token);

        await Wait.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return journal.Find(key)!.TerminalMade;
            },
            "the attempt's end in the journal",
            10);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _temp.Dispose();
    }

    private sealed class WorkOnAFullDisk(AgentJournal journal) : IAttemptWork
    {
        private int _tries;

        public Task RunAsync(AttemptControl attempt, CancellationToken stopping)
        {
            if (++_tries < 3)
            {
                throw new IOException("No space left on device");
            }

            journal.Report(attempt.Key, new Status { Kind = StatusKind.Succeeded });
            return Task.CompletedTask;
        }

        public void CleanUp(AttemptKey key)
        {
        }

        public ProcessState Probe(AttemptKey key) => ProcessState.Ended;
    }
}
