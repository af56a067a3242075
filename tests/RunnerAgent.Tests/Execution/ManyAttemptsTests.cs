using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Logs;
using JobServer.RunnerAgent.Tests.Connection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobServer.RunnerAgent.Tests.Execution;

/// <summary>An agent looks at its attempts with each wake: what it has had in the last days must not cost it anything then.</summary>
public sealed class ManyAttemptsTests : IDisposable
{
    private const int Forgotten = 20_000;
    private const long FewBytes = 20_000;

    private readonly TempDirectory _temp = new();
    private readonly FakeTimeProvider _time = new();
    private readonly AgentJournal _journal;
    private readonly IOptions<AgentOptions> _options;

    public ManyAttemptsTests()
    {
        _options = Options.Create(new AgentOptions { StateDirectory = _temp.Path });
        _journal = new AgentJournal(new NoStorage(), new SeededAgentRandom(1), _time);
        for (var i = 0; i < Forgotten; i++)
        {
            var over = SessionBench.Job($"over{i}");
            over.Spec.Log = LogTravel.Send;
            _journal.Accept(over);
            _journal.MarkStarted(AttemptKey.Of(over.Attempt));
            _journal.Forget(AttemptKey.Of(over.Attempt));
        }

        _journal.Accept(SessionBench.Job("job1"));
    }

    [Fact]
    public void What_is_free_and_what_is_held_is_found_among_the_open_attempts_alone()
    {
        using var table = new AttemptTable(
            _options, _journal, new FakeWork(_journal, new AgentWake()), new AgentWake(), _time, NullLogger<AttemptTable>.Instance);

        var bytes = Allocated(() =>
        {
            Assert.Equal(1, table.Unfinished);
            Assert.Equal(1, table.Held(_ => false));
            Assert.Single(table.Inventory());
            Assert.Equal(1, table.Free().Free.Single(slots => slots.Kind == JobKind.Standard).Count);
        });

        Assert.InRange(bytes, 0, FewBytes);
    }

    [Fact]
    public void Logs_of_attempts_that_are_over_are_looked_for_once()
    {
        var ledger = new LogLedger(_options, _journal, _time, NullLogger<LogLedger>.Instance);
        Assert.Empty(ledger.Pending());

        var bytes = Allocated(() =>
        {
            Assert.Empty(ledger.Pending());
            Assert.Equal(0, ledger.Lag());
        });

        Assert.InRange(bytes, 0, FewBytes);
    }

    [Fact]
    public void A_late_copy_of_an_assignment_that_is_over_is_known_all_the_same()
    {
        Assert.Equal(AcceptOutcome.Known, _journal.Accept(SessionBench.Job("over7")));
        _journal.Accept(SessionBench.Job("over8", fence: 5));
        Assert.Equal(AcceptOutcome.Stale, _journal.Accept(SessionBench.Job("over8", fence: 3)));
    }

    /// <summary>In bytes, once everything was done a first time.</summary>
    private static long Allocated(Action act)
    {
        act();
        var before = GC.GetAllocatedBytesForCurrentThread();
        act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>Keeps nothing: only what is in memory matters here.</summary>
    private sealed class NoStorage : IJournalStorage
    {
        public byte[]? Read() => null;

        public void Replace(ReadOnlySpan<byte> content)
        {
        }

        public void Append(ReadOnlySpan<byte> record)
        {
        }

        public void Flush()
        {
        }

        public void Truncate(long length)
        {
        }
    }
}
