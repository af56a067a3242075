using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Logs;
using JobServer.RunnerAgent.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobServer.RunnerAgent.Tests.Logs;

public sealed class LogLedgerTests : IDisposable
{
    private static readonly AttemptKey Key = new("job1", 1);

    private readonly TempDirectory _temp = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingStorage _storage = new();
    private readonly AgentJournal _journal;
    private readonly LogLedger _ledger;

    public LogLedgerTests()
    {
        _journal = new AgentJournal(_storage, new SeededAgentRandom(1), _time);
        _ledger = NewLedger();
    }

    private AttemptDirectory Directory => AttemptDirectory.Of(new AgentOptions { StateDirectory = _temp.Path }, Key);

    [Theory]
    [InlineData(LogTravel.Unspecified, false)]
    [InlineData(LogTravel.Keep, false)]
    [InlineData(LogTravel.Send, true)]
    public void A_log_is_sent_only_when_the_assignment_says_so(LogTravel travel, bool isSent)
    {
        Begin(travel);

        Assert.Equal(isSent, _ledger.Pending().Count == 1);
    }

    [Fact]
    public void A_log_of_a_job_that_is_over_is_kept_until_it_is_sent_and_then_removed()
    {
        Begin(LogTravel.Send);
        End();

        Assert.True(_ledger.Keeps(Key));
        _journal.Forget(Key);
        Assert.Single(NewLedger().Pending());
        _ledger.Finish(Key);

        Assert.False(System.IO.Directory.Exists(Directory.Root));
        Assert.Empty(_ledger.Pending());
        Assert.Empty(NewLedger().Pending());
    }

    [Fact]
    public void A_log_that_was_sent_before_its_job_was_acknowledged_keeps_nothing()
    {
        Begin(LogTravel.Send);
        End();

        _ledger.Finish(Key);

        Assert.False(_ledger.Keeps(Key));
        Assert.True(System.IO.Directory.Exists(Directory.Root));
    }

    [Fact]
    public void A_log_that_nobody_takes_is_kept_for_24_hours()
    {
        Begin(LogTravel.Send);
        End();
        Assert.True(_ledger.Keeps(Key));
        _journal.Forget(Key);

        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Single(_ledger.Pending());
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(_ledger.Pending());
        Assert.False(System.IO.Directory.Exists(Directory.Root));
    }

    [Fact]
    public void A_log_that_was_not_sent_yet_is_found_again_after_its_journal_was_compacted()
    {
        Begin(LogTravel.Send);
        End();
        Assert.True(_ledger.Keeps(Key));
        _journal.Forget(Key);
        var compacting = new AgentJournal(_storage, new SeededAgentRandom(1), _time, compactAbove: 1);
        var before = _storage.Content.Length;
        for (var epoch = 1; _storage.Content.Length >= before; epoch++)
        {
            Assert.True(epoch < 1000, "The journal was not compacted.");
            compacting.RecordSession(epoch, "history");
            before = Math.Max(before, _storage.Content.Length);
        }

        var after = new AgentJournal(_storage, new SeededAgentRandom(1), _time);

        Assert.Equal(Key, Assert.Single(NewLedger(after).Pending()).Key);
    }

    [Fact]
    public void A_running_job_has_news_only_when_it_printed_something()
    {
        Begin(LogTravel.Send);
        var attempt = Assert.Single(_ledger.Pending());
        Assert.False(_ledger.HasNews(attempt));

        File.WriteAllText(Directory.Log, "abc");
        Assert.True(_ledger.HasNews(attempt));
        _ledger.Set(Key, 3);
        Assert.False(_ledger.HasNews(attempt));

        End();
        attempt = Assert.Single(_ledger.Pending());
        Assert.True(_ledger.HasNews(attempt));
        _ledger.Postpone(Key, TimeSpan.FromSeconds(5));
        Assert.False(_ledger.HasNews(attempt));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_ledger.HasNews(attempt));
    }

    [Fact]
    public void What_is_not_committed_of_a_log_lags_behind()
    {
        Begin(LogTravel.Send);
        Assert.Equal(0, _ledger.Lag());

        File.WriteAllText(Directory.Log, "abc");
        Assert.Equal(3, _ledger.Lag());
        _ledger.Set(Key, 1);
        Assert.Equal(2, _ledger.Lag());
        _ledger.Finish(Key);
        Assert.Equal(0, _ledger.Lag());
    }

    [Fact]
    public void A_log_that_stays_at_the_site_does_not_lag()
    {
        Begin(LogTravel.Keep);
        File.WriteAllText(Directory.Log, "abc");

        Assert.Equal(0, _ledger.Lag());
    }

    [Fact]
    public void The_checksum_is_the_one_that_everybody_computes() => Assert.Equal(0xE3069283, LogChecksum.Of("123456789"u8));

    public void Dispose() => _temp.Dispose();

    private LogLedger NewLedger(AgentJournal? journal = null) => new(
        Options.Create(new AgentOptions { StateDirectory = _temp.Path }), journal ?? _journal, _time, NullLogger<LogLedger>.Instance);

    private void Begin(LogTravel travel)
    {
        _journal.Accept(new Assign { Attempt = Key.ToAttempt(), Spec = new JobSpec { Workspace = "w", Action = "a", Log = travel } });
        _journal.MarkStarted(Key);
        System.IO.Directory.CreateDirectory(Directory.Run);
    }

    private void End() => _journal.Report(Key, new Status { Kind = StatusKind.Succeeded });
}
