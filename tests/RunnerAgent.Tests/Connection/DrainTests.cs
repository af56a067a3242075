using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Tests.Connection;

/// <summary>A draining agent takes nothing, finishes what it has, and ends by its deadline, connected or not.</summary>
public sealed class DrainTests : IDisposable
{
    private static readonly AttemptKey Job1 = new("job1", 1);
    private readonly SessionBench _bench = new();

    [Fact]
    public async Task How_much_is_left_counts_down_to_nothing_only_when_everything_is_acknowledged()
    {
        await AcceptedAsync();
        Drain();
        await LeftAsync(1);

        _bench.Work.Report(Job1, StatusKind.Failed);
        await _bench.SaidAsync(frame => frame.Status is not null, "the end");
        Assert.DoesNotContain(_bench.Said, frame => frame.DrainState?.AttemptsLeft == 0);
        _bench.Send(new CoordinatorFrame { StatusAck = new StatusAck { Attempt = Job1.ToAttempt(), AppliedSequence = 1 } });

        await LeftAsync(0);
    }

    [Fact]
    public async Task How_much_is_left_is_said_again_with_each_heartbeat()
    {
        await _bench.WelcomedAsync();
        Drain();
        await LeftAsync(0);
        var said = _bench.Said.Count(frame => frame.DrainState is not null);

        _bench.Time.Advance(TimeSpan.FromSeconds(12));

        await Wait.UntilAsync(() => _bench.Said.Count(frame => frame.DrainState is not null) > said, "it is said again", 10);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task At_the_deadline_what_still_runs_is_interrupted_connected_or_not(bool isConnected)
    {
        var session = await AcceptedAsync();
        Drain(TimeSpan.FromSeconds(20));
        await LeftAsync(1);
        if (!isConnected)
        {
            _bench.Close();
            await session;
        }

        _bench.Time.Advance(TimeSpan.FromSeconds(19));
        Assert.True(_bench.Journal.Find(Job1)!.Unfinished);
        _bench.Time.Advance(TimeSpan.FromSeconds(2));

        await Wait.UntilAsync(() => _bench.Journal.Find(Job1)!.TerminalMade, "the attempt ends", 10);
        Assert.Equal(StatusKind.Interrupted, _bench.Journal.Find(Job1)!.Reports[^1].Kind);
    }

    [Fact]
    public async Task An_agent_that_is_resumed_before_the_deadline_goes_on()
    {
        await AcceptedAsync();
        Drain(TimeSpan.FromSeconds(20));
        await LeftAsync(1);

        _bench.Send(new CoordinatorFrame { SetMode = new SetMode { Mode = AgentMode.Active } });
        await Wait.UntilAsync(() => _bench.Attempts.Mode == AgentMode.Active, "it is active", 10);
        _bench.Time.Advance(TimeSpan.FromSeconds(25));

        Assert.False(_bench.Work.Controls[Job1].InterruptRequested.IsCancellationRequested);
        Assert.True(_bench.Journal.Find(Job1)!.Unfinished);
    }

    [Fact]
    public async Task What_was_accepted_and_not_begun_is_not_begun_after_the_deadline()
    {
        await _bench.WelcomedAsync();
        Drain(TimeSpan.FromSeconds(1));
        await LeftAsync(0);
        _bench.Time.Advance(TimeSpan.FromSeconds(2));
        _bench.Journal.Accept(SessionBench.Job("job1"));

        _bench.Attempts.Keep(Job1);

        await Wait.UntilAsync(() => _bench.Journal.Find(Job1)!.TerminalMade, "it is given back", 10);
        Assert.Equal(StatusKind.Interrupted, _bench.Journal.Find(Job1)!.Reports[^1].Kind);
    }

    [Fact]
    public async Task An_agent_that_is_about_to_stop_takes_nothing_whatever_the_coordinator_wants()
    {
        await _bench.WelcomedAsync();
        _bench.Attempts.Leave(TimeSpan.FromMinutes(1));
        _bench.Send(new CoordinatorFrame { SetMode = new SetMode { Mode = AgentMode.Active } });
        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("job1") });

        await _bench.SaidAsync(frame => frame.AssignReply?.Decision == AssignDecision.Draining, "draining");
        await LeftAsync(0);
    }

    [Fact]
    public async Task A_revoked_agent_knows_why_its_session_ended()
    {
        var session = await AcceptedAsync();

        _bench.Send(new CoordinatorFrame { GoAway = new GoAway { Reason = GoAwayReason.Revoked, Message = "revoked" } });

        Assert.Equal(SessionEndKind.Revoked, (await session).Kind);
        Assert.True(_bench.Journal.Find(Job1)!.Unfinished);
    }

    private void Drain(TimeSpan? within = null) => _bench.Send(new CoordinatorFrame
    {
        SetMode = new SetMode { Mode = AgentMode.Draining, DeadlineMs = (long)(within?.TotalMilliseconds ?? 0) },
    });

    private Task<AgentFrame> LeftAsync(int left) => _bench.SaidAsync(frame => frame.DrainState?.AttemptsLeft == left, $"{left} left");

    private async Task<Task<SessionEnd>> AcceptedAsync()
    {
        var session = await _bench.WelcomedAsync();
        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("job1") });
        await Wait.UntilAsync(() => _bench.Work.Started.Contains(Job1), "the attempt starts", 10);
        return session;
    }

    public void Dispose() => _bench.Dispose();
}
