using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Tests.Connection;

/// <summary>An agent whose journal takes no record is still an agent that can be talked to.</summary>
public sealed class FullDiskTests : IDisposable
{
    private static readonly AttemptKey Job1 = new("job1", 1);
    private readonly SessionBench _bench = new();

    [Fact]
    public async Task A_full_disk_keeps_no_session_from_starting_and_it_is_recorded_when_there_is_room()
    {
        _bench.Storage.Full = true;

        var session = await _bench.WelcomedAsync();

        await BeatAsync();
        Assert.False(session.IsCompleted);
        Assert.Equal(0, _bench.Journal.LastEpoch);
        _bench.Storage.Full = false;
        await BeatAsync();
        await Wait.UntilAsync(() => _bench.Journal.LastEpoch == 4, "the session is recorded", 10);
        Assert.Equal("history", _bench.Journal.HistoryId);
    }

    [Fact]
    public async Task An_assignment_that_cannot_be_written_down_is_refused_and_the_session_goes_on()
    {
        var session = await _bench.WelcomedAsync();
        _bench.Storage.Full = true;

        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("job1") });

        await _bench.SaidAsync(frame => frame.AssignReply?.Decision == AssignDecision.DiskFull, "no room");
        Assert.Null(_bench.Journal.Find(Job1));
        Assert.Empty(_bench.Work.Started);
        Assert.False(session.IsCompleted);
    }

    [Fact]
    public async Task A_job_that_filled_the_disk_is_stopped_by_a_cancel_that_is_confirmed_when_it_is_durable()
    {
        var session = await RunningAsync();
        _bench.Storage.Full = true;
        var cancel = new CoordinatorFrame { Cancel = new Cancel { Attempt = Job1.ToAttempt(), Reason = "by user" } };

        _bench.Send(cancel);

        // Not before its end could not be written: with room for it, the second cancel would find the job ended.
        await Wait.UntilAsync(() => _bench.Work.Controls[Job1].Cancelled && _bench.Work.Unreported.Contains(Job1), "it is stopped", 10);
        Assert.DoesNotContain(_bench.Said, frame => frame.CancelReply is not null);
        _bench.Storage.Full = false;
        _bench.Send(cancel);
        await _bench.SaidAsync(frame => frame.CancelReply is not null, "the confirmation");
        Assert.Equal("by user", new AgentJournal(_bench.Storage.AfterPowerCut(), new SeededAgentRandom(9), _bench.Time).Find(Job1)!.CancelReason);
        Assert.False(session.IsCompleted);
    }

    [Fact]
    public async Task An_end_that_was_acknowledged_on_a_full_disk_is_forgotten_when_there_is_room()
    {
        var session = await RunningAsync();
        _bench.Work.Report(Job1, StatusKind.Failed);
        await _bench.SaidAsync(frame => frame.Status is not null, "the end");
        _bench.Storage.Full = true;

        _bench.Send(new CoordinatorFrame { StatusAck = new StatusAck { Attempt = Job1.ToAttempt(), AppliedSequence = 1 } });

        await Wait.UntilAsync(() => _bench.Work.CleanedUp.Contains(Job1), "room is made", 10);
        await BeatAsync();
        Assert.False(session.IsCompleted);
        Assert.False(_bench.Journal.Find(Job1)!.Forgotten);
        _bench.Storage.Full = false;
        await BeatAsync();
        await Wait.UntilAsync(() => _bench.Journal.Find(Job1)!.Forgotten, "it is forgotten", 10);
    }

    [Fact]
    public async Task A_report_whose_acknowledgement_could_not_be_written_down_is_acknowledged_by_the_next()
    {
        var session = await RunningAsync();
        _bench.Work.Report(Job1, StatusKind.Preparing);
        _bench.Work.Report(Job1, StatusKind.Executing);
        await _bench.SaidAsync(frame => frame.Status?.Sequence == 2, "both reports");
        _bench.Storage.Full = true;
        _bench.Send(Ack(1));
        await BeatAsync();
        Assert.False(session.IsCompleted);
        _bench.Storage.Full = false;

        _bench.Send(Ack(2));

        await Wait.UntilAsync(() => _bench.Journal.Find(Job1)!.LastAcked == 2, "both are acknowledged", 10);
    }

    [Fact]
    public async Task A_fenced_attempt_is_stopped_on_a_full_disk_too()
    {
        var session = await RunningAsync();
        _bench.Storage.Full = true;

        _bench.Send(new CoordinatorFrame { Fenced = new Fenced { Attempt = Job1.ToAttempt(), CurrentFence = 2 } });

        await Wait.UntilAsync(() => _bench.Work.CleanedUp.Contains(Job1), "room is made", 10);
        Assert.False(session.IsCompleted);
        _bench.Storage.Full = false;
        await BeatAsync();
        await Wait.UntilAsync(() => _bench.Journal.Find(Job1)!.Forgotten, "it is forgotten", 10);
    }

    private async Task<Task<SessionEnd>> RunningAsync()
    {
        var session = await _bench.WelcomedAsync();
        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("job1") });
        await Wait.UntilAsync(() => _bench.Journal.Find(Job1) is { Started: true }, "the attempt starts", 10);
        return session;
    }

    private async Task BeatAsync()
    {
        var beats = Beats();
        _bench.Send(new CoordinatorFrame { HeartbeatAck = new HeartbeatAck() });
        _bench.Time.Advance(TimeSpan.FromSeconds(12));
        await Wait.UntilAsync(() => Beats() > beats, "a heartbeat", 10);
    }

    private int Beats() => _bench.Said.Count(frame => frame.Heartbeat is not null);

    private static CoordinatorFrame Ack(long sequence) =>
        new() { StatusAck = new StatusAck { Attempt = Job1.ToAttempt(), AppliedSequence = sequence } };

    public void Dispose() => _bench.Dispose();
}
