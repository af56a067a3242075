using JobServer.Contracts.V1;
using JobServer.Coordinator.Dispatch;
using JobServer.Coordinator.Leases;
using JobServer.Coordinator.Telemetry;
using JobServer.Data.Agents;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Agents;

/// <summary>The life of one session: Hello, Welcome, frames, end.</summary>
internal sealed class AgentSessionRunner(
    AgentSessions sessions,
    AgentDirectory directory,
    Reconciler reconciler,
    FrameHandler frames,
    AssignmentSender assignments,
    ClusterRecord cluster,
    DispatchSignal dispatch,
    IOptions<CoordinatorOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider timeProvider,
    Random random,
    ILogger<AgentSessionRunner> logger)
{
    private static readonly TimeSpan HelloDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WriteDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastWordsDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReconnectSpread = TimeSpan.FromSeconds(5);

    private CoordinatorOptions Options => options.Value;

    public async Task RunAsync(AgentLink link, CancellationToken cancellationToken)
    {
        var first = await ReadHelloAsync(link, cancellationToken);
        var (hello, refusal) = HelloReading.Read(first, link.BackendId);
        if (hello is null)
        {
            await RefuseAsync(link, refusal!, cancellationToken);
            return;
        }

        var timing = await TimingAsync(link.BackendId, cancellationToken);
        var openedAt = timeProvider.GetTimestamp();
        switch (await sessions.OpenAsync(hello, cluster.CoordinatorId, timing.Lease, cancellationToken))
        {
            case HelloOutcome.OtherBackend:
                await RefuseAsync(link, HelloReading.Refusal(RefuseReason.OtherBackend, "This agent id belongs to another backend. Use that backend's token, or give the agent a new state directory."), cancellationToken);
                return;

            case HelloOutcome.Revoked:
                AgentLog.Refused(logger, link.BackendId, RefuseReason.Unspecified, $"{hello.AgentId} was revoked");
                await WriteAsync(
                    link,
                    new CoordinatorFrame
                    {
                        GoAway = new GoAway
                        {
                            Reason = GoAwayReason.Revoked,
                            ReconnectAfterMs = (long)Revocation.RetryAfter.TotalMilliseconds,
                            Message = Revocation.Message,
                        },
                    },
                    cancellationToken);
                return;

            case HelloOutcome.Opened opened:
                await ServeAsync(link, hello, first!, opened, openedAt, timing, cancellationToken);
                return;
        }
    }

    private async Task<LinkTiming> TimingAsync(int backendId, CancellationToken cancellationToken)
    {
        var timing = LinkTiming.Of(Options, await sessions.TimingOfAsync(backendId, cancellationToken));
        if (timing.Problem is not { } problem)
        {
            return timing;
        }

        // A slip in a row must not keep a site's agents out.
        AgentLog.UnsoundTiming(logger, backendId, problem);
        return LinkTiming.Of(Options);
    }

    private async Task<Hello?> ReadHelloAsync(AgentLink link, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(HelloDeadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return (await link.ReadAsync(either.Token))?.Hello;
        }
        catch (Exception exception) when (exception is InvalidDataException || (exception is OperationCanceledException && deadline.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task RefuseAsync(AgentLink link, Refuse refusal, CancellationToken cancellationToken)
    {
        AgentLog.Refused(logger, link.BackendId, refusal.Reason, refusal.Message);
        await WriteAsync(link, new CoordinatorFrame { Refuse = refusal }, cancellationToken);
    }

    /// <summary>A frame outside the lanes, before they are there or instead of them: whoever does not read it is gone.</summary>
    private async Task WriteAsync(AgentLink link, CoordinatorFrame frame, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(WriteDeadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await link.WriteAsync(frame, either.Token);
        }
        catch (Exception exception) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The agent read nothing for {WriteDeadline.TotalSeconds:0} seconds.", exception);
        }
    }

    private async Task ServeAsync(
        AgentLink link, AgentHello hello, Hello first, HelloOutcome.Opened opened, long openedAt, LinkTiming timing, CancellationToken cancellationToken)
    {
        var reason = "an error";
        try
        {
            reason = await WelcomeAsync(link, hello, first, opened, openedAt, timing, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            reason = "the connection was lost";
        }
        finally
        {
            CoordinatorMetrics.SessionEnded(reason);
            directory.NoteEnd(hello.AgentId, reason);
            AgentLog.Disconnected(logger, hello.AgentId, opened.Epoch, reason);
            await sessions.EndAsync(hello.AgentId, opened.Epoch, reason, CancellationToken.None);
        }
    }

    private async Task<string> WelcomeAsync(
        AgentLink link, AgentHello hello, Hello first, HelloOutcome.Opened opened, long openedAt, LinkTiming timing, CancellationToken cancellationToken)
    {
        var reconciled = await reconciler.RunAsync(hello, opened.Epoch, opened.JournalChanged, first.Inventory, cancellationToken);
        if (reconciled.IsSuperseded)
        {
            var goAway = new GoAway { Reason = GoAwayReason.Superseded, Message = AgentSession.NewerMessage };
            await WriteAsync(link, new CoordinatorFrame { GoAway = goAway }, cancellationToken);
            return "superseded";
        }

        var hasSeenMore = first.HistoryId == cluster.HistoryId && first.LastEpochSeen >= opened.Epoch;
        var session = new AgentSession
        {
            AgentId = hello.AgentId,
            BackendId = hello.BackendId,
            TokenHash = link.TokenHash,
            Epoch = opened.Epoch,
            Timing = timing,
            PushedMode = opened.Mode,

            // The Hello is the first renewal: its session was written with a whole lease.
            RenewedAt = openedAt,
            MayAssign = !hasSeenMore && !reconciled.IsAheadOfTheRows,
        };
        await WriteAsync(link, new CoordinatorFrame { Welcome = WelcomeOf(opened, reconciled, timing) }, cancellationToken);
        if (opened.Epoch > 1)
        {
            CoordinatorMetrics.Reconnected(directory.TakeEnd(hello.AgentId));
        }

        AgentLog.Connected(logger, hello.AgentId, hello.BackendId, opened.Epoch, first.Inventory.Count);
        if (!directory.Register(session))
        {
            session.Supersede();
        }

        try
        {
            await assignments.ResendAsync(session, reconciled.Unaccepted, cancellationToken);
            dispatch.Raise();
            return await FramesAsync(link, session, cancellationToken);
        }
        finally
        {
            directory.Remove(session);
        }
    }

    private Welcome WelcomeOf(HelloOutcome.Opened opened, ReconcileResult reconciled, LinkTiming timing) => new()
    {
        SessionEpoch = opened.Epoch,
        CoordinatorId = cluster.CoordinatorId,
        ProtocolVersion = HelloReading.Version,
        ServerTimeUnixMs = timeProvider.GetUtcNow().ToUnixTimeMilliseconds(),
        HeartbeatIntervalMs = (long)timing.Heartbeat.TotalMilliseconds,
        SilenceTimeoutMs = (long)timing.Silence.TotalMilliseconds,
        LeaseTtlMs = (long)timing.Lease.TotalMilliseconds,
        LeaseMarginMs = (long)timing.Margin.TotalMilliseconds,
        SessionMaxAgeMs = (long)Options.SessionMaxAge.TotalMilliseconds,
        HistoryId = cluster.HistoryId,
        DesiredRevision = opened.DesiredRevision,
        Mode = AgentModes.Of(opened.Mode),
        Verdicts = { reconciled.Verdicts },
    };

    /// <returns>Why the session ended.</returns>
    private async Task<string> FramesAsync(AgentLink link, AgentSession session, CancellationToken cancellationToken)
    {
        using var maxAge = new CancellationTokenSource(Options.SessionMaxAge * (0.9 + (0.2 * random.NextDouble())), timeProvider);
        using var ageEnds = maxAge.Token.Register(() => session.Close(GoAwayReason.SessionAge, Spread(), "The session reached its age limit; connect again."));
        using var hostStops = lifetime.ApplicationStopping.Register(() => session.Close(GoAwayReason.Shutdown, Spread(), "The Coordinator is shutting down."));
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Closing);
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = session.Lanes.WriteAsync(link.WriteAsync, ends.Token, abandon.Token);
        var watching = assignments.WatchAsync(session, ends.Token);
        var reading = ReadAsync(link, session, ends.Token);
        await Task.WhenAny(writing, watching, reading);
        using var deadline = new CancellationTokenSource(LastWordsDeadline, timeProvider);
        using var late = deadline.Token.Register(abandon.Cancel);
        End(ends);
        var reason = await OutcomeAsync(session, reading) ?? (session.Closing.IsCancellationRequested ? session.CloseReason : "the connection was lost");
        await OutcomeAsync(session, writing);
        await OutcomeAsync(session, watching);
        if (writing.IsCanceled && !cancellationToken.IsCancellationRequested)
        {
            await OutcomeAsync(session, session.Lanes.FlushAsync(link.WriteAsync, abandon.Token));
        }

        return reason;
    }

    private async Task<string?> ReadAsync(AgentLink link, AgentSession session, CancellationToken cancellationToken)
    {
        // One for all frames; it runs only while one is waited for.
        using var silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        while (true)
        {
            AgentFrame? frame;
            silence.CancelAfter(session.Timing.Silence);
            try
            {
                frame = await link.ReadAsync(either.Token);
                silence.CancelAfter(Timeout.InfiniteTimeSpan);
            }
            catch (OperationCanceledException) when (silence.IsCancellationRequested)
            {
                session.Close(GoAwayReason.Silent, TimeSpan.Zero, "Nothing was heard for too long.");
                return "silent";
            }
            catch (InvalidDataException exception)
            {
                session.Close(GoAwayReason.ProtocolError, TimeSpan.Zero, $"A frame could not be read: {exception.Message}");
                return "a frame that could not be read";
            }

            if (frame is null)
            {
                return "the agent closed the stream";
            }

            if (frame.SessionEpoch != session.Epoch)
            {
                session.Close(GoAwayReason.ProtocolError, TimeSpan.Zero, "A frame carried another session's epoch.");
                return "a frame with a wrong epoch";
            }

            if (await frames.HandleAsync(session, frame, cancellationToken) is { } end)
            {
                return end;
            }
        }
    }

    // CancelAsync would continue on the thread pool, outside the caller's scheduler.
    private static void End(CancellationTokenSource source) => source.Cancel();

    private TimeSpan Spread() => ReconnectSpread * random.NextDouble();

    private async Task<string?> OutcomeAsync(AgentSession session, Task task)
    {
        try
        {
            await task;
            return task is Task<string?> { Result: { } reason } ? reason : null;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            return null;
        }
        catch (Exception exception)
        {
            // Nothing is known to be wrong with the agent: it connects again and says what it holds.
            AgentLog.Failed(logger, exception, session.AgentId, session.Epoch);
            return "an error";
        }
    }
}
