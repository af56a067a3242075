using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Logs;
using JobServer.RunnerAgent.Tests.EndToEnd;
using JobServer.RunnerAgent.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobServer.RunnerAgent.Tests.Logs;

/// <summary>However long no Coordinator takes them, the logs of all jobs together stay within their limit.</summary>
public sealed class SpoolRoomTests : IDisposable
{
    private const int Limit = 1024 * 1024;
    private const int Size = 400_000;

    private readonly TempDirectory _temp = new();
    private readonly FakeTimeProvider _time = new();
    private readonly IOptions<AgentOptions> _options;
    private readonly AgentJournal _journal;
    private readonly LogLedger _ledger;
    private readonly SpoolRoom _room;
    private int _day;

    public SpoolRoomTests()
    {
        _options = Options.Create(new AgentOptions { StateDirectory = _temp.Path, LogSpoolLimit = Limit });
        _journal = new AgentJournal(new RecordingStorage(), new SeededAgentRandom(1), _time);
        _ledger = new LogLedger(_options, _journal, _time, NullLogger<LogLedger>.Instance);
        _room = new SpoolRoom(_options, _ledger, _time, NullLogger<SpoolRoom>.Instance);
    }

    [Fact]
    public void Logs_within_the_limit_are_left_alone()
    {
        Print("job1");
        Print("job2");

        _room.Make();

        Assert.Equal(["job1", "job2"], Kept());
    }

    [Fact]
    public void What_nobody_waits_for_goes_before_the_oldest_that_was_not_sent_and_what_runs_stays()
    {
        Print("running", hasEnded: false);
        Print("older");
        Print("newer");
        Print("at-the-site", LogTravel.Keep);

        _room.Make();

        Assert.Equal(["newer", "running"], Kept());
    }

    [Fact]
    public void A_log_that_is_stored_goes_before_one_that_is_not()
    {
        Print("older");
        Print("newer");
        Print("stored");
        _ledger.Set(new AttemptKey("stored", 1), Size);

        _room.Make();

        Assert.Equal(["newer", "older"], Kept());
    }

    [Fact]
    public async Task What_was_removed_before_it_was_sent_is_told_as_a_gap()
    {
        Print("job1");
        Print("job2");
        Print("job3");
        _room.Make();
        Assert.Equal(["job2", "job3"], Kept());
        var logs = new Dictionary<string, TestLog> { ["job1"] = new(), ["job2"] = new(), ["job3"] = new() };

        await SendAsync(logs);

        Assert.All(logs.Values, log => Assert.True(log.IsComplete));
        Assert.Equal((0, Size), (Assert.Single(logs["job1"].Gaps).From, logs["job1"].Gaps[0].To));
        Assert.Contains("make room", logs["job1"].Gaps[0].Reason, StringComparison.Ordinal);
        Assert.Empty(logs["job1"].Bytes);
        Assert.Equal(Size, logs["job2"].Bytes.Length);
        Assert.Empty(logs["job2"].Gaps);
    }

    [Fact]
    public void A_crash_between_the_note_and_the_removal_tells_no_longer_gap()
    {
        Print("job1");
        var spool = _ledger.Spool(new AttemptKey("job1", 1));
        var content = File.ReadAllBytes(spool.Directory.Log);
        spool.GiveUp();
        File.WriteAllBytes(spool.Directory.Log, content);

        spool.GiveUp();

        Assert.Equal(new SpoolSize(0, Size, IsGivenUp: true), spool.Size());
        Assert.False(File.Exists(spool.Directory.Log));
    }

    private void Print(string job, LogTravel travel = LogTravel.Send, bool hasEnded = true)
    {
        var key = new AttemptKey(job.Replace('-', '_'), 1);
        _journal.Accept(new Assign { Attempt = key.ToAttempt(), Spec = new JobSpec { Workspace = "w", Action = "a", Log = travel } });
        _journal.MarkStarted(key);
        var directory = AttemptDirectory.Of(_options.Value, key);
        Directory.CreateDirectory(directory.Run);
        File.WriteAllBytes(directory.Log, new byte[Size]);
        File.SetLastWriteTimeUtc(directory.Log, DateTime.UnixEpoch.AddDays(++_day));
        if (hasEnded)
            _journal.Report(key, new Status { Kind = StatusKind.Succeeded });
    }

    private IEnumerable<string> Kept() => _ledger.Spools().Where(one => _ledger.Spool(one.Key).Length > 0).Select(one => one.Key.JobId).Order(StringComparer.Ordinal);

    private async Task SendAsync(Dictionary<string, TestLog> logs)
    {
        var session = new LiveSession();
        session.Begin(1);
        var rows = new CoordinatorRows();
        var replies = new Queue<LogReply>();
        var link = new LogLink
        {
            Read = _ => Task.FromResult<LogReply?>(replies.Dequeue()),
            Write = (frame, _) =>
            {
                if ((frame.Open?.Attempt ?? frame.Chunk?.Attempt ?? frame.Gap?.Attempt ?? frame.End?.Attempt) is { } attempt)
                    replies.Enqueue(logs[attempt.JobId].Take(frame, rows));
                return Task.CompletedTask;
            },
        };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await new LogStream(_ledger, _journal, session, TimeProvider.System, NullLogger.Instance).RunAsync(link, limit.Token);
    }

    public void Dispose() => _temp.Dispose();
}
