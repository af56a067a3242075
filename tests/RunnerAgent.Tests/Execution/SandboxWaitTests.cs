using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Tests.Connection;
using JobServer.RunnerAgent.Tests.Execution.Conformance;
using JobServer.RunnerAgent.Tests.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace JobServer.RunnerAgent.Tests.Execution;

/// <summary>How long a sandbox may run, be silent and resist, with time that the test moves.</summary>
public sealed class SandboxWaitTests : IDisposable
{
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);
    private static readonly AttemptKey Key = new("job1", 1);

    private readonly TempDirectory _temp = new();
    private readonly SetClock _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly RecordingStorage _storage = new();
    private readonly CountingLogger _logger = new();
    private readonly FakeSandbox _sandbox;
    private readonly AgentJournal _journal;
    private readonly AttemptDirectory _directory;
    private readonly AttemptControl _attempt = new(Key, SessionBench.Job("job1"));

    public SandboxWaitTests()
    {
        _sandbox = new FakeSandbox(_time);
        _journal = new AgentJournal(_storage, new SeededAgentRandom(1), _time);
        _journal.Accept(SessionBench.Job("job1"));
        _directory = new AttemptDirectory(_temp.Sub("job1-1"));
        Directory.CreateDirectory(_directory.Work);
        Directory.CreateDirectory(_directory.Run);
        Touch(_directory.Work);
        Write(_directory.Log);
    }

    private static SandboxLimits Limits { get; } = SandboxBench.Usual with { Time = TimeSpan.FromHours(24), Silence = TwoHours, StopGrace = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task A_job_that_shows_no_sign_of_life_is_stopped_and_told_so_in_plain_words()
    {
        var begun = _time.GetUtcNow();

        var (exit, cause) = await RunAsync(Limits);

        Assert.Equal(StopCause.Silence, cause);
        Assert.InRange(_sandbox.Stops.First().At - begun, TwoHours, TwoHours + TimeSpan.FromMinutes(2));
        var end = JobOutcome.Failure(exit!, cause, Limits)!;
        Assert.Equal(FailureReason.NoOutput, end.Reason);
        Assert.Equal("The action was stopped: it printed nothing and wrote no file for 2 hours.", end.Message);
    }

    [Theory]
    [InlineData("run/log")]
    [InlineData("work/output/deep/result.csv")]
    public async Task What_prints_or_writes_now_and_then_runs_to_its_time_limit(string file)
    {
        var begun = _time.GetUtcNow();

        var (exit, cause) = await RunAsync(Limits, () => Write(Path.Join(_directory.Root, file)));

        Assert.Equal(StopCause.TimeLimit, cause);
        Assert.InRange(_sandbox.Stops.First().At - begun, Limits.Time, Limits.Time + TimeSpan.FromMinutes(2));
        Assert.Equal(FailureReason.TimedOut, JobOutcome.Failure(exit!, cause, Limits)!.Reason);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_clock_that_is_set_neither_ends_a_job_nor_lets_it_run_on(int days)
    {
        var begun = _time.GetTimestamp();

        var (_, cause) = await RunAsync(Limits with { Silence = null }, () => _time.Set = TimeSpan.FromDays(days));

        Assert.Equal(StopCause.TimeLimit, cause);
        Assert.InRange(_time.GetElapsedTime(begun), Limits.Time, Limits.Time + TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_job_that_has_filled_the_disk_is_stopped_all_the_same()
    {
        _storage.Full = true;

        var (_, cause) = await RunAsync(Limits);

        Assert.Equal(StopCause.Silence, cause);
        Assert.False(_sandbox.Stops.First().Force);
    }

    [Fact]
    public async Task Without_a_limit_a_silent_job_is_left_alone()
    {
        var (_, cause) = await RunAsync(Limits with { Silence = null });

        Assert.Equal(StopCause.TimeLimit, cause);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(24, false)]
    public async Task A_restarted_agent_goes_on_with_the_clock_of_the_sandbox(int hours, bool isSilent)
    {
        var expected = isSilent ? StopCause.Silence : StopCause.TimeLimit;
        _sandbox.StartedAt = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(1));
        if (!isSilent)
            Write(_directory.Log);
        var found = _time.GetUtcNow();

        var (_, cause) = await RunAsync(Limits);

        Assert.Equal(expected, cause);
        Assert.InRange(_sandbox.Stops.First().At - found, TimeSpan.Zero, TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task A_restarted_agent_knows_why_the_one_before_it_stopped_the_job()
    {
        StopNotes.Write(_directory, StopCause.Silence);
        _sandbox.Exit = new SandboxExit { Code = 143 };

        Assert.Equal(StopCause.Silence, (await RunAsync(Limits)).Cause);
    }

    [Fact]
    public async Task A_cancelled_job_is_asked_then_forced_after_its_grace_and_a_person_is_called_when_that_does_not_help()
    {
        _sandbox.ObeysSoftStop = _sandbox.ObeysForce = false;
        _attempt.Cancel(TimeSpan.FromSeconds(30));
        var begun = _time.GetUtcNow();
        var run = new SandboxWait(_sandbox, _journal, _time, _logger).RunAsync(_attempt, _directory, Limits, CancellationToken.None);

        await AdvanceAsync(() => _logger.Lines.Any(line => line is { Level: LogLevel.Critical, Id.Id: 4108 }), TimeSpan.FromSeconds(1), () => { });

        Assert.Equal((false, begun), _sandbox.Stops.First());
        var forced = _sandbox.Stops.First(stop => stop.Force).At - begun;
        Assert.InRange(forced, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(33));
        Assert.InRange(_time.GetUtcNow() - begun - forced, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(14));
        _sandbox.Exit = new SandboxExit { Code = 137 };
        await AdvanceAsync(() => run.IsCompleted, TimeSpan.FromSeconds(1), () => { });
        Assert.Single(_logger.Lines);
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(60, 0, 60)]
    [InlineData(0, 90, 90)]
    [InlineData(60, 90, 60)]
    [InlineData(90, 60, 60)]
    public void The_shorter_of_both_limits_holds(int asked, int own, int? expected)
    {
        var limits = SandboxLimits.Of(
            new LimitsSpec { SilenceMs = asked * 1000, TimeMs = asked * 1000 }, new AgentLimits { Silence = TimeSpan.FromSeconds(own), Time = TimeSpan.FromSeconds(70) });

        Assert.Equal(expected, (int?)limits.Silence?.TotalSeconds);
        Assert.Equal(asked is > 0 and < 70 ? asked : 70, limits.Time.TotalSeconds);
    }

    private async Task<(SandboxExit? Exit, StopCause Cause)> RunAsync(SandboxLimits limits, Action? everyHour = null)
    {
        var run = new SandboxWait(_sandbox, _journal, _time, _logger).RunAsync(_attempt, _directory, limits, CancellationToken.None);
        var hour = _time.GetUtcNow();
        await AdvanceAsync(
            () => run.IsCompleted,
            TimeSpan.FromMinutes(1),
            () =>
            {
                if (_time.GetUtcNow() - hour < TimeSpan.FromHours(1))
                    return;

                hour = _time.GetUtcNow();
                everyHour?.Invoke();
            });
        return await run;
    }

    /// <summary>Moves time on, and lets the loop look after each step.</summary>
    private async Task AdvanceAsync(Func<bool> until, TimeSpan step, Action each)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!until())
        {
            Assert.False(deadline.IsCancellationRequested, $"In vain until {_time.GetUtcNow()}");
            each();
            _time.Advance(step);
            await Task.Delay(1);
        }
    }

    private void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, "x");
        Touch(path);
        for (var folder = Path.GetDirectoryName(path)!; folder.StartsWith(_directory.Work, StringComparison.Ordinal); folder = Path.GetDirectoryName(folder)!)
            Touch(folder);
    }

    private void Touch(string path) => File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime);

    public void Dispose()
    {
        _attempt.Dispose();
        _temp.Dispose();
    }
}
