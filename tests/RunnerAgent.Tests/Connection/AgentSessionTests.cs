using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Tests.Connection;

public sealed class AgentSessionTests : IDisposable
{
    private static readonly AttemptKey Job1 = new("job1", 1);
    private readonly SessionBench _bench = new();

    [Fact]
    public async Task Hello_tells_what_the_journal_holds()
    {
        _bench.Journal.Accept(SessionBench.Job("job1"));
        _bench.Journal.Report(Job1, new Status { Kind = StatusKind.Preparing });
        _bench.Journal.Accept(SessionBench.Job("gone"));
        _bench.Journal.Forget(new AttemptKey("gone", 1));

        _ = _bench.Start();

        var hello = (await _bench.SaidAsync(frame => frame.Hello is not null, "hello")).Hello;
        var item = Assert.Single(hello.Inventory);
        Assert.Equal(("job1", 1, 0), (item.Attempt.JobId, item.LastSequenceMade, item.LastSequenceAcked));
        Assert.Equal(_bench.Journal.AgentId, hello.AgentId);
    }

    [Fact]
    public async Task A_refused_hello_ends_with_the_wait_that_was_asked_for()
    {
        var session = _bench.Start();
        _bench.Send(new CoordinatorFrame { Refuse = new Refuse { Reason = RefuseReason.NotServing, RetryAfterMs = 7000 } });

        var end = await session;

        Assert.Equal((SessionEndKind.Refused, TimeSpan.FromSeconds(7)), (end.Kind, end.ReconnectAfter));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_coordinator_that_does_not_answer_hello_or_does_not_even_read_it_is_given_up(bool readsHello)
    {
        _bench.Held = readsHello ? null : new TaskCompletionSource();
        var begun = _bench.Time.GetUtcNow();
        var session = _bench.Start();

        await Wait.UntilAsync(() => Later(() => session.IsCompleted), "the session ends", 10);

        Assert.Equal(SessionEndKind.Silent, (await session).Kind);
        Assert.InRange(_bench.Time.GetUtcNow() - begun, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task A_coordinator_that_stops_reading_is_given_up_though_it_still_talks()
    {
        var session = await _bench.WelcomedAsync();
        _bench.Held = new TaskCompletionSource();
        var begun = _bench.Time.GetUtcNow();

        await Wait.UntilAsync(
            () =>
            {
                _bench.Send(new CoordinatorFrame { HeartbeatAck = new HeartbeatAck() });
                return Later(() => session.IsCompleted);
            },
            "the session ends", 20);

        Assert.InRange(_bench.Time.GetUtcNow() - begun, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task An_assignment_is_durable_before_it_is_answered_and_answered_before_it_is_reported_on()
    {
        await _bench.WelcomedAsync();
        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("job1") });

        await _bench.SaidAsync(frame => frame.AssignReply?.Decision == AssignDecision.Accepted, "accepted");

        Assert.NotNull(new AgentJournal(_bench.Storage.AfterPowerCut(), new SeededAgentRandom(9), _bench.Time).Find(Job1));
        await Wait.UntilAsync(() => _bench.Work.Started.Contains(Job1), "the attempt starts", 10);
        _bench.Work.Report(Job1, StatusKind.Preparing);
        await _bench.SaidAsync(frame => frame.Status is not null, "status");
        var kinds = _bench.Said.Select(frame => frame.FrameCase).ToList();
        Assert.True(kinds.IndexOf(AgentFrame.FrameOneofCase.AssignReply) < kinds.IndexOf(AgentFrame.FrameOneofCase.Status));
        Assert.All(_bench.Said.Skip(1), frame => Assert.Equal(4, frame.SessionEpoch));
    }

    [Fact]
    public async Task The_same_assignment_again_is_accepted_again_and_started_once()
    {
        await _bench.WelcomedAsync();
        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("job1") });
        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("job1") });

        await Wait.UntilAsync(() => _bench.Said.Count(frame => frame.AssignReply is not null) == 2, "two answers", 10);

        Assert.All(_bench.Said.Where(frame => frame.AssignReply is not null), frame => Assert.Equal(AssignDecision.Accepted, frame.AssignReply.Decision));
        await Wait.UntilAsync(() => !_bench.Work.Started.IsEmpty, "it starts", 10);
        Assert.Single(_bench.Work.Started);
    }

    [Fact]
    public async Task An_attempt_whose_end_could_not_be_journalled_goes_on_by_itself_when_there_is_room()
    {
        await _bench.WelcomedAsync();
        _bench.Work.Breaks = true;
        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("job1") });
        await Wait.UntilAsync(() => !_bench.Work.Started.IsEmpty, "it is tried", 10);
        _bench.Work.Breaks = false;

        await Wait.UntilAsync(() => Later(() => _bench.Work.Controls.ContainsKey(Job1)), "it is tried again", 10);

        _bench.Work.Report(Job1, StatusKind.Failed);
        await _bench.SaidAsync(frame => frame.Status?.Kind == StatusKind.Failed, "the end");
    }

    [Fact]
    public async Task An_attempt_that_waits_for_room_is_cancelled_without_waiting()
    {
        await _bench.WelcomedAsync();
        _bench.Work.Breaks = true;
        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("job1") });
        await Wait.UntilAsync(() => !_bench.Work.Started.IsEmpty, "it is tried", 10);
        _bench.Work.Breaks = false;

        _bench.Send(new CoordinatorFrame { Cancel = new Cancel { Attempt = Job1.ToAttempt(), Reason = "by user" } });

        await _bench.SaidAsync(frame => frame.Status?.Kind == StatusKind.Failed, "the end");
    }

    [Fact]
    public async Task No_more_is_accepted_than_there_are_slots_and_nothing_while_draining()
    {
        await _bench.WelcomedAsync();
        foreach (var id in new[] { "job1", "job2", "job3" })
            _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job(id) });
        await _bench.SaidAsync(frame => frame.AssignReply is { Decision: AssignDecision.Busy, Attempt.JobId: "job3" }, "busy");

        _bench.Send(new CoordinatorFrame { SetMode = new SetMode { Mode = AgentMode.Draining } });
        var drain = await _bench.SaidAsync(frame => frame.DrainState is not null, "drain state");
        Assert.Equal(2, drain.DrainState.AttemptsLeft);
        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("job4") });
        await _bench.SaidAsync(frame => frame.AssignReply is { Decision: AssignDecision.Draining, Attempt.JobId: "job4" }, "draining");
        await _bench.SaidAsync(frame => frame.Credits is { } credits && credits.Free.All(slots => slots.Count == 0), "no credits");
    }

    [Fact]
    public async Task A_hostile_assignment_is_refused()
    {
        await _bench.WelcomedAsync();
        var path = SessionBench.Job("../../etc");
        var workspace = SessionBench.Job("job2");
        workspace.Spec.Workspace = "../other";
        var output = SessionBench.Job("job3");
        output.Spec.Outputs.Add(new OutputSpec { Pattern = "../../x" });

        foreach (var assign in new[] { path, workspace, output, new Assign() })
            _bench.Send(new CoordinatorFrame { Assign = assign });

        await Wait.UntilAsync(() => _bench.Said.Count(frame => frame.AssignReply?.Decision == AssignDecision.BadSpec) == 4, "four refusals", 10);
        Assert.Empty(_bench.Journal.Attempts);
    }

    [Fact]
    public async Task Reports_are_sent_again_from_where_the_coordinator_misses_them_and_forgotten_when_applied()
    {
        await AcceptedAsync();
        _bench.Work.Report(Job1, StatusKind.Preparing);
        _bench.Work.Report(Job1, StatusKind.Executing);
        await _bench.SaidAsync(frame => frame.Status?.Sequence == 2, "both reports");
        _bench.Said.Clear();

        _bench.Send(new CoordinatorFrame { StatusNack = new StatusNack { Attempt = Job1.ToAttempt(), ExpectedSequence = 1 } });
        await Wait.UntilAsync(() => Sequences().SequenceEqual([1, 2]), "both again", 10);

        _bench.Send(Ack(2));
        await Wait.UntilAsync(() => _bench.Journal.Find(Job1)!.LastAcked == 2, "acknowledged", 10);
        Assert.Empty(_bench.Journal.Find(Job1)!.Reports);
    }

    [Fact]
    public async Task A_report_without_an_answer_is_sent_again_after_some_heartbeats()
    {
        await AcceptedAsync();
        _bench.Work.Report(Job1, StatusKind.Preparing);
        await _bench.SaidAsync(frame => frame.Status is not null, "the report");

        for (var beat = 0; beat < 4; beat++)
        {
            var beats = _bench.Said.Count(frame => frame.Heartbeat is not null);
            _bench.Send(new CoordinatorFrame { HeartbeatAck = new HeartbeatAck() });
            _bench.Time.Advance(TimeSpan.FromSeconds(11));
            await Wait.UntilAsync(() => _bench.Said.Count(frame => frame.Heartbeat is not null) > beats, "a heartbeat", 10);
        }

        await Wait.UntilAsync(() => Sequences().Count(sequence => sequence == 1) >= 2, "the report again", 10);
    }

    [Fact]
    public async Task An_applied_end_is_forgotten_and_cleaned_up()
    {
        await AcceptedAsync();
        _bench.Send(new CoordinatorFrame { Cancel = new Cancel { Attempt = Job1.ToAttempt(), Reason = "by user" } });
        Assert.Equal(CancelOutcome.Stopping, (await _bench.SaidAsync(frame => frame.CancelReply is not null, "cancel reply")).CancelReply.Outcome);
        await _bench.SaidAsync(frame => frame.Status?.Kind == StatusKind.Failed, "the end");

        _bench.Send(Ack(1));

        await Wait.UntilAsync(() => _bench.Work.CleanedUp.Contains(Job1), "clean-up", 10);
        await Wait.UntilAsync(() => _bench.Journal.Find(Job1)!.Forgotten, "forgotten", 10);
        _bench.Send(new CoordinatorFrame { Cancel = new Cancel { Attempt = Job1.ToAttempt() } });
        await _bench.SaidAsync(frame => frame.CancelReply?.Outcome == CancelOutcome.AlreadyFinished, "already finished");
        _bench.Send(new CoordinatorFrame { Cancel = new Cancel { Attempt = new Attempt { JobId = "other", Fence = 1 } } });
        await _bench.SaidAsync(frame => frame.CancelReply?.Outcome == CancelOutcome.UnknownAttempt, "unknown");
    }

    [Theory]
    [InlineData(VerdictKind.Stop)]
    [InlineData(VerdictKind.Lost)]
    [InlineData(VerdictKind.Forget)]
    public async Task A_verdict_that_the_attempt_is_over_ends_it_here(VerdictKind kind)
    {
        _bench.Journal.Accept(SessionBench.Job("job1"));

        await _bench.WelcomedAsync(new Verdict { Attempt = Job1.ToAttempt(), Kind = kind });

        await Wait.UntilAsync(() => _bench.Journal.Find(Job1)!.Forgotten, "forgotten", 10);
        Assert.Contains(Job1, _bench.Work.CleanedUp);
        Assert.Empty(_bench.Work.Started);
    }

    [Theory]
    [InlineData(VerdictKind.Keep)]
    [InlineData(VerdictKind.Readopt)]
    public async Task An_attempt_that_was_accepted_before_a_crash_starts_when_its_lease_is_confirmed(VerdictKind kind)
    {
        _bench.Journal.Accept(SessionBench.Job("job1"));
        Assert.Empty(_bench.Work.Started);

        await _bench.WelcomedAsync(new Verdict { Attempt = Job1.ToAttempt(), Kind = kind });

        await Wait.UntilAsync(() => _bench.Work.Started.Contains(Job1), "it starts", 10);
    }

    [Fact]
    public async Task Send_repeats_what_was_not_applied_and_hold_says_nothing()
    {
        var held = new AttemptKey("held", 1);
        foreach (var key in new[] { Job1, held })
        {
            _bench.Journal.Accept(SessionBench.Job(key.JobId));
            _bench.Journal.Report(key, new Status { Kind = StatusKind.Executing });
            _bench.Journal.Report(key, new Status { Kind = StatusKind.Failed });
        }

        await _bench.WelcomedAsync(
            new Verdict { Attempt = Job1.ToAttempt(), Kind = VerdictKind.Send, AppliedSequence = 1 },
            new Verdict { Attempt = held.ToAttempt(), Kind = VerdictKind.Hold });

        await Wait.UntilAsync(() => Sequences().Any(), "the report", 10);
        Assert.Equal(("job1", 2), _bench.Said.Where(frame => frame.Status is not null).Select(frame => (frame.Status.Attempt.JobId, (int)frame.Status.Sequence)).Single());
        Assert.False(_bench.Journal.Find(held)!.Forgotten);
    }

    [Fact]
    public async Task A_fenced_attempt_is_discarded()
    {
        await AcceptedAsync();

        _bench.Send(new CoordinatorFrame { Fenced = new Fenced { Attempt = Job1.ToAttempt(), CurrentFence = 2 } });

        await Wait.UntilAsync(() => _bench.Journal.Find(Job1)!.Forgotten, "forgotten", 10);
        Assert.True(_bench.Work.Controls[Job1].Discarded);
    }

    [Fact]
    public async Task Silence_ends_the_session_and_leaves_the_jobs_alone()
    {
        var session = await AcceptedAsync();

        await Wait.UntilAsync(
            () =>
            {
                _bench.Time.Advance(TimeSpan.FromSeconds(5));
                return session.IsCompleted;
            },
            "the session ends", 10);

        Assert.Equal(SessionEndKind.Silent, (await session).Kind);
        Assert.True(_bench.Journal.Find(Job1)!.Unfinished);
        Assert.Equal(0, _bench.Live.Epoch);
    }

    [Fact]
    public async Task Frames_keep_the_session_alive_and_go_away_ends_it()
    {
        var session = await _bench.WelcomedAsync();
        for (var i = 0; i < 5; i++)
        {
            var beats = _bench.Said.Count(frame => frame.Heartbeat is not null);
            _bench.Send(new CoordinatorFrame { HeartbeatAck = new HeartbeatAck() });
            await Task.Delay(50);
            _bench.Time.Advance(TimeSpan.FromSeconds(12));
            await Wait.UntilAsync(() => _bench.Said.Count(frame => frame.Heartbeat is not null) > beats, "a heartbeat", 10);
        }

        Assert.False(session.IsCompleted);
        _bench.Send(new CoordinatorFrame { GoAway = new GoAway { Reason = GoAwayReason.Shutdown, ReconnectAfterMs = 3000 } });
        var end = await session;
        Assert.Equal((SessionEndKind.GoAway, TimeSpan.FromSeconds(3)), (end.Kind, end.ReconnectAfter));
        Assert.True(end.Live >= TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_stopping_agent_says_goodbye_and_its_jobs_stay_unfinished()
    {
        var session = await AcceptedAsync();

        _bench.Stop();

        Assert.Equal(SessionEndKind.Stopping, (await session).Kind);
        Assert.Contains(_bench.Said, frame => frame.Bye is not null);
        Assert.True(_bench.Journal.Find(Job1)!.Unfinished);
    }

    [Fact]
    public async Task What_a_stopping_agent_has_answered_is_said_before_goodbye()
    {
        var session = await _bench.WelcomedAsync();
        _bench.Held = new TaskCompletionSource();
        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("../job2") });
        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("job1") });
        await Wait.UntilAsync(() => _bench.Work.Started.Contains(Job1), "the attempt starts", 10);

        _bench.Stop();
        _bench.Held.SetResult();
        await session;

        var kinds = _bench.Said.Select(frame => frame.FrameCase).ToList();
        Assert.Equal(AgentFrame.FrameOneofCase.Bye, kinds[^1]);
        Assert.Contains(_bench.Said, frame => frame.AssignReply is { Decision: AssignDecision.Accepted, Attempt.JobId: "job1" });
        Assert.Contains(_bench.Said, frame => frame.AssignReply is { Decision: AssignDecision.BadSpec });
    }

    [Fact]
    public async Task A_coordinator_that_reads_nothing_holds_up_a_stop_for_seconds_only()
    {
        var session = await _bench.WelcomedAsync();
        _bench.Held = new TaskCompletionSource();
        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("job1") });
        await Wait.UntilAsync(() => _bench.Work.Started.Contains(Job1), "the attempt starts", 10);
        _bench.Stop();
        var begun = _bench.Time.GetUtcNow();

        await Wait.UntilAsync(() => Later(() => session.IsCompleted), "the session ends", 10);

        Assert.InRange(_bench.Time.GetUtcNow() - begun, TimeSpan.Zero, TimeSpan.FromSeconds(12));
        Assert.NotNull(_bench.Journal.Find(Job1));
    }

    private async Task<Task<SessionEnd>> AcceptedAsync()
    {
        var session = await _bench.WelcomedAsync();
        _bench.Send(new CoordinatorFrame { Assign = SessionBench.Job("job1") });
        await Wait.UntilAsync(() => _bench.Work.Started.Contains(Job1), "the attempt starts", 10);
        return session;
    }

    private IEnumerable<long> Sequences() =>
        _bench.Said.Where(frame => frame.Status is not null).Select(frame => frame.Status.Sequence);

    private static CoordinatorFrame Ack(long sequence) =>
        new() { StatusAck = new StatusAck { Attempt = Job1.ToAttempt(), AppliedSequence = sequence } };

    private bool Later(Func<bool> condition)
    {
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        return condition();
    }

    public void Dispose() => _bench.Dispose();
}
