using JobServer.Contracts.V1;
using JobServer.Coordinator.Dispatch;
using JobServer.Coordinator.Leases;
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

        switch (await sessions.OpenAsync(hello, cluster.CoordinatorId, Options.Lease, cancellationToken))
        {
            case HelloOutcome.OtherBackend:
                await RefuseAsync(link, HelloReading.Refusal(RefuseReason.OtherBackend, "This agent id belongs to another backend. Use that backend's token, or give the agent a new state directory."), cancellationToken);
                return;

            case HelloOutcome.Revoked:
                await RefuseAsync(link, HelloReading.Refusal(RefuseReason.NotServing, "This agent was revoked."), cancellationToken);
                return;

            case HelloOutcome.Opened opened:
                await ServeAsync(link, hello, first!, opened, cancellationToken);
                return;
        }
    }

    private async Task<Hello?> ReadHelloAsync(AgentLink link, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(HelloDeadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        return (await link.ReadAsync(either.Token))?.Hello;
    }

    private async Task RefuseAsync(AgentLink link, Refuse refusal, CancellationToken cancellationToken)
    {
        AgentLog.Refused(logger, link.BackendId, refusal.Reason, refusal.Message);
        await link.WriteAsync(new CoordinatorFrame { Refuse = refusal }, cancellationToken);
    }

    private async Task ServeAsync(AgentLink link, AgentHello hello, Hello first, HelloOutcome.Opened opened, CancellationToken cancellationToken)
    {
        using var session = new AgentSession { AgentId = hello.AgentId, BackendId = hello.BackendId, Epoch = opened.Epoch };
        var reconciled = await reconciler.RunAsync(hello, opened.Epoch, opened.JournalChanged, first.Inventory, cancellationToken);
        await link.WriteAsync(new CoordinatorFrame { Welcome = WelcomeOf(opened, reconciled) }, cancellationToken);
        if (!directory.Register(session))
        {
            return;
        }

        AgentLog.Connected(logger, hello.AgentId, hello.BackendId, opened.Epoch, first.Inventory.Count);
        var reason = "the stream ended";
        try
        {
            foreach (var job in reconciled.Unaccepted)
            {
                assignments.Send(session, job);
            }

            dispatch.Raise();
            reason = await FramesAsync(link, session, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            reason = "the connection was lost";
        }
        finally
        {
            directory.Remove(session);
            AgentLog.Disconnected(logger, hello.AgentId, opened.Epoch, reason);
            await sessions.EndAsync(hello.AgentId, opened.Epoch, reason, CancellationToken.None);
        }
    }

    private Welcome WelcomeOf(HelloOutcome.Opened opened, ReconcileResult reconciled) => new()
    {
        SessionEpoch = opened.Epoch,
        CoordinatorId = cluster.CoordinatorId,
        ProtocolVersion = HelloReading.Version,
        ServerTimeUnixMs = timeProvider.GetUtcNow().ToUnixTimeMilliseconds(),
        HeartbeatIntervalMs = (long)Options.Heartbeat.TotalMilliseconds,
        SilenceTimeoutMs = (long)Options.Silence.TotalMilliseconds,
        LeaseTtlMs = (long)Options.Lease.TotalMilliseconds,
        LeaseMarginMs = (long)Options.Margin.TotalMilliseconds,
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
        var writing = session.Lanes.WriteAsync(link.WriteAsync, ends.Token);
        var watching = assignments.WatchAsync(session, ends.Token);
        var reading = ReadAsync(link, session, ends.Token);
        await Task.WhenAny(writing, watching, reading);
        await ends.CancelAsync();
        var reason = await OutcomeAsync(reading) ?? (session.Closing.IsCancellationRequested ? "closed by the Coordinator" : "the connection was lost");
        await OutcomeAsync(writing);
        await OutcomeAsync(watching);

        if (!cancellationToken.IsCancellationRequested)
        {
            using var deadline = new CancellationTokenSource(LastWordsDeadline, timeProvider);
            await session.Lanes.FlushAsync(link.WriteAsync, deadline.Token);
        }

        return reason;
    }

    private async Task<string?> ReadAsync(AgentLink link, AgentSession session, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var silence = new CancellationTokenSource(Options.Silence, timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
            AgentFrame? frame;
            try
            {
                frame = await link.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (silence.IsCancellationRequested)
            {
                session.Close(GoAwayReason.Silent, TimeSpan.Zero, "Nothing was heard for too long.");
                return "silent";
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

    private TimeSpan Spread() => ReconnectSpread * random.NextDouble();

    private static async Task<string?> OutcomeAsync(Task task)
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
    }
}
