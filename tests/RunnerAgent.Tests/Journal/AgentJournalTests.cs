using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Journal;
using Microsoft.Extensions.Time.Testing;

namespace JobServer.RunnerAgent.Tests.Journal;

public sealed class AgentJournalTests
{
    private static readonly AttemptKey Key = new("job1", 3);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void An_agent_keeps_its_name_over_a_restart_and_a_new_disk_gives_a_new_one()
    {
        var storage = new RecordingStorage();
        var first = Open(storage);
        var second = Open(storage, seed: 2);
        var other = Open(new RecordingStorage(), seed: 3);

        Assert.Equal((first.AgentId, first.JournalId), (second.AgentId, second.JournalId));
        Assert.NotEqual(first.JournalId, other.JournalId);
    }

    [Fact]
    public void What_was_promised_survives_a_power_cut()
    {
        var storage = new RecordingStorage();
        var journal = Open(storage);
        journal.RecordSession(7, "history");
        journal.Accept(Job(Key));
        journal.MarkStarted(Key);
        journal.Report(Key, new Status { Kind = StatusKind.Executing });
        journal.RequestCancel(Key, "by user", 5000);

        var after = Open(storage.AfterPowerCut());

        var attempt = after.Find(Key)!;
        Assert.Equal((7, "history"), (after.LastEpoch, after.HistoryId));
        Assert.True(attempt.Started);
        Assert.Equal(1, Assert.Single(attempt.Reports).Sequence);
        Assert.Equal(("by user", 5000), (attempt.CancelReason, attempt.CancelGraceMs));
        Assert.Equal("report", attempt.Assign.Spec.Action);
    }

    [Fact]
    public void Each_record_that_is_promised_on_is_flushed_before_the_method_returns()
    {
        var storage = new RecordingStorage();
        var journal = Open(storage);
        Action[] acts =
        [
            () => journal.Accept(Job(Key)),
            () => journal.MarkStarted(Key),
            () => journal.Report(Key, new Status { Kind = StatusKind.Executing }),
            () => journal.RequestCancel(Key, "", 0),
            () => journal.Acknowledge(Key, 1),
        ];

        foreach (var act in acts)
        {
            storage.Calls.Clear();
            act();
            Assert.Equal(["append", "flush"], storage.Calls);
        }
    }

    [Fact]
    public void A_write_torn_at_any_byte_loses_that_record_only()
    {
        var storage = new RecordingStorage();
        var journal = Open(storage);
        journal.Accept(Job(Key));
        var whole = storage.Content.Length;
        journal.Report(Key, new Status { Kind = StatusKind.Executing, Message = "x" });
        var content = storage.Content;

        for (var length = whole; length < content.Length; length++)
        {
            var torn = RecordingStorage.With(content.AsSpan(0, length));
            var after = Open(torn);
            Assert.Equal(0, after.Find(Key)!.LastMade);
            Assert.Equal(whole, torn.Content.Length);

            Assert.True(after.Report(Key, new Status { Kind = StatusKind.Preparing }));
            Assert.Equal(1, Open(torn).Find(Key)!.LastMade);
        }
    }

    [Fact]
    public void Damage_before_whole_records_is_no_torn_write_and_stops_the_agent()
    {
        var storage = new RecordingStorage();
        var journal = Open(storage);
        var at = storage.Content.Length + 20;
        journal.Accept(Job(Key));
        journal.MarkStarted(Key);
        var content = storage.Content;
        content[at] ^= 0x40;

        Assert.Throws<JournalDamagedException>(() => Open(RecordingStorage.With(content)));
    }

    [Fact]
    public void A_power_cut_after_acknowledgements_never_looks_like_damage()
    {
        var storage = new RecordingStorage();
        var journal = Open(storage);
        journal.Accept(Job(Key));
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            journal.Report(Key, new Status { Kind = StatusKind.Executing });
        }

        journal.Acknowledge(Key, 1);
        journal.Acknowledge(Key, 2);

        var after = Open(storage.AfterPowerCutThatKeptTheLastWrite());

        Assert.Equal(3, after.Find(Key)!.LastMade);
        Assert.Equal(3, after.Find(Key)!.Reports[^1].Sequence);
    }

    [Fact]
    public void A_full_disk_leaves_no_half_record_in_the_way_of_the_next()
    {
        var storage = new RecordingStorage();
        var journal = Open(storage);
        journal.Accept(Job(Key));
        storage.Full = true;
        Assert.Throws<IOException>(() => journal.MarkStarted(Key));
        Assert.False(journal.Find(Key)!.Started);

        storage.Full = false;
        journal.MarkStarted(Key);

        Assert.True(Open(storage).Find(Key)!.Started);
    }

    [Fact]
    public void Half_a_record_that_could_not_be_cut_off_is_cut_off_before_the_next()
    {
        var storage = new RecordingStorage();
        var journal = Open(storage);
        journal.Accept(Job(Key));
        (storage.Full, storage.CannotTruncate) = (true, true);
        Assert.Throws<IOException>(() => journal.MarkStarted(Key));
        storage.Full = false;
        Assert.Throws<IOException>(() => journal.MarkStarted(Key));

        storage.CannotTruncate = false;
        journal.MarkStarted(Key);

        Assert.True(Open(storage).Find(Key)!.Started);
    }

    [Fact]
    public void A_promise_that_is_on_disk_is_not_denied_because_the_journal_cannot_be_rewritten()
    {
        var storage = new RecordingStorage();
        var journal = Open(storage, compactAbove: 1);
        storage.NearlyFull = true;

        for (var i = 0; i < 20; i++)
            Assert.Equal(AcceptOutcome.Accepted, journal.Accept(Job(new AttemptKey($"job{i}", 1))));

        storage.NearlyFull = false;
        storage.Calls.Clear();
        for (var i = 20; i < 60; i++)
            journal.Accept(Job(new AttemptKey($"job{i}", 1)));
        Assert.Contains("replace", storage.Calls);
        Assert.Equal(60, Open(storage.AfterPowerCut()).Attempts.Count);
    }

    [Fact]
    public void Reports_are_numbered_without_gaps_and_kept_until_acknowledged()
    {
        var journal = Open(new RecordingStorage());
        journal.Accept(Job(Key));
        for (var i = 0; i < 3; i++)
            journal.Report(Key, new Status { Kind = StatusKind.Executing });

        journal.Acknowledge(Key, 2);

        Assert.Equal([3], journal.Find(Key)!.Reports.Select(report => report.Sequence));
        Assert.Equal((3, 2), (journal.Find(Key)!.LastMade, journal.Find(Key)!.LastAcked));
    }

    [Fact]
    public void Nothing_is_reported_after_the_end()
    {
        var journal = Open(new RecordingStorage());
        journal.Accept(Job(Key));

        Assert.True(journal.Report(Key, new Status { Kind = StatusKind.Failed }));
        Assert.False(journal.Report(Key, new Status { Kind = StatusKind.Succeeded }));
        Assert.Equal(1, journal.Find(Key)!.LastMade);
    }

    [Fact]
    public void An_assignment_is_accepted_once_even_after_it_was_forgotten()
    {
        var storage = new RecordingStorage();
        var journal = Open(storage);

        Assert.Equal(AcceptOutcome.Accepted, journal.Accept(Job(Key)));
        Assert.Equal(AcceptOutcome.Known, journal.Accept(Job(Key)));
        journal.Forget(Key);
        Assert.Equal(AcceptOutcome.Known, Open(storage).Accept(Job(Key)));
        Assert.Equal(AcceptOutcome.Stale, journal.Accept(Job(new AttemptKey("job1", 2))));
        Assert.Equal(AcceptOutcome.Accepted, journal.Accept(Job(new AttemptKey("job1", 4))));
    }

    [Fact]
    public void A_large_journal_is_rewritten_and_says_the_same()
    {
        var storage = new RecordingStorage();
        var journal = Open(storage, compactAbove: 20_000);
        journal.RecordSession(9, "history");
        for (var i = 0; i < 200; i++)
        {
            var key = new AttemptKey($"old{i}", 1);
            journal.Accept(Job(key));
            journal.Report(key, new Status { Kind = StatusKind.Succeeded });
            journal.Forget(key);
            _time.Advance(TimeSpan.FromHours(6));
        }

        journal.Accept(Job(Key));
        journal.MarkStarted(Key);
        journal.Report(Key, new Status { Kind = StatusKind.Executing, Message = "kept" });

        Assert.Contains("replace", storage.Calls.Skip(1));
        Assert.True(storage.Content.Length < 40_000, $"{storage.Content.Length} bytes");
        var after = Open(storage.AfterPowerCut());
        Assert.Equal(9, after.LastEpoch);
        Assert.Equal("kept", Assert.Single(after.Find(Key)!.Reports).Message);
        Assert.True(after.Find(Key)!.Started);
        Assert.NotNull(after.Find(new AttemptKey("old199", 1)));
        Assert.Null(after.Find(new AttemptKey("old0", 1)));

        // Not only on disk: an agent that is never restarted must not grow for ever.
        Assert.Null(journal.Find(new AttemptKey("old0", 1)));
    }

    [Fact]
    public void A_journal_on_disk_is_found_again()
    {
        using var temp = new TempDirectory();
        using (var storage = new FileJournalStorage(temp.Path))
        {
            new AgentJournal(storage, new SeededAgentRandom(1), _time).Accept(Job(Key));
        }

        File.AppendAllText(Path.Join(temp.Path, "journal"), "torn");
        using var again = new FileJournalStorage(temp.Path);
        var journal = new AgentJournal(again, new SeededAgentRandom(2), _time);
        journal.MarkStarted(Key);

        Assert.True(journal.Find(Key)!.Started);
    }

    private AgentJournal Open(RecordingStorage storage, int seed = 1, long compactAbove = 1_000_000) =>
        new(storage, new SeededAgentRandom(seed), _time, compactAbove);

    private static Assign Job(AttemptKey key) => new()
    {
        Attempt = key.ToAttempt(),
        Spec = new JobSpec { Kind = JobKind.Standard, Action = "report" },
    };
}
