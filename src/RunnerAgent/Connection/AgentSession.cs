using System.Threading.Channels;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Telemetry;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Connection;

/// <summary>
/// One session on one link, from Hello to its end. What is to be said follows from the journal and
/// the table of attempts, so nothing is lost when a session ends at any point.
/// </summary>
internal sealed class AgentSession(
    IOptions<AgentOptions> options,
    AgentJournal journal,
    AttemptTable attempts,
    AgentWake wake,
    LiveSession live,
    AgentInstance instance,
    IAgentRandom random,
    TimeProvider time,
    ILogger<AgentSession> logger)
{
    private const int QueueLength = 256;
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(30);

    /// <summary>At a stop, for what is queued and Bye together: whoever stops an agent waits for it.</summary>
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(3);

    public async Task<SessionEnd> RunAsync(SessionLink link, CancellationToken stopping)
    {
        CoordinatorFrame? first;
        try
        {
            using var handshake = new CancellationTokenSource(HandshakeLimit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(handshake.Token, stopping);
            await link.Write(new AgentFrame { Hello = Hello() }, either.Token);
            first = await link.Read(either.Token);
        }
        catch (OperationCanceledException)
        {
            return stopping.IsCancellationRequested
                ? new SessionEnd(SessionEndKind.Stopping, "the agent is stopping", TimeSpan.Zero)
                : new SessionEnd(SessionEndKind.Silent, "no answer to Hello", TimeSpan.Zero);
        }

        return first?.FrameCase switch
        {
            CoordinatorFrame.FrameOneofCase.Welcome => await LiveAsync(link, first.Welcome, stopping),
            CoordinatorFrame.FrameOneofCase.Refuse => new SessionEnd(
                SessionEndKind.Refused,
                $"{first.Refuse.Reason}: {first.Refuse.Message}",
                TimeSpan.Zero,
                TimeSpan.FromMilliseconds(first.Refuse.RetryAfterMs)),
            CoordinatorFrame.FrameOneofCase.GoAway => GoAway(first.GoAway, TimeSpan.Zero),
            null => new SessionEnd(SessionEndKind.LinkLost, "the stream ended before Welcome", TimeSpan.Zero),
            _ => new SessionEnd(SessionEndKind.LinkLost, $"{first.FrameCase} instead of Welcome", TimeSpan.Zero),
        };
    }

    private async Task<SessionEnd> LiveAsync(SessionLink link, Welcome welcome, CancellationToken stopping)
    {
        var begun = time.GetTimestamp();
        var record = new SessionRecord(journal, welcome.SessionEpoch, welcome.HistoryId, logger);
        record.Write();
        logger.Welcomed(welcome.CoordinatorId, welcome.SessionEpoch, welcome.Verdicts.Count);

        // Not linked to stopping: to cancel a read or write of gRPC is to cancel the call, and Bye goes first.
        using var ending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        var outgoing = Channel.CreateBounded<AgentFrame>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
        var inbox = new SessionInbox(journal, attempts, outgoing.Writer, time, logger);
        var outbox = new SessionOutbox(journal, attempts, inbox, record, outgoing.Writer, time);
        inbox.Take(welcome);
        live.Begin(welcome.SessionEpoch);
        wake.Set();

        var timing = SessionTiming.Of(welcome, random);
        Task<SessionEnd>[] tasks =
        [
            WriteAsync(link, inbox, welcome.SessionEpoch, outgoing.Reader, stopping, ending.Token),
            ReadAsync(link, inbox, timing.Silence, begun, ending.Token),
            outbox.BeatAsync(timing, wake, ending.Token),
            outbox.PumpAsync(wake, ending.Token),
        ];
        var end = await await Task.WhenAny(tasks);
        live.End();

        // To cancel the read is to reset the stream, and what the Coordinator has not read by then is lost: it ends it at Bye.
        if (stopping.IsCancellationRequested)
        {
            await tasks[0];
            ending.CancelAfter(GoodbyeLimit);
            await tasks[1];
        }
        End(ending);
        await Task.WhenAll(tasks);
        if (stopping.IsCancellationRequested)
            end = new SessionEnd(SessionEndKind.Stopping, "the agent is stopping", TimeSpan.Zero);

        AgentMetrics.SessionEnded(end.Kind.ToString());
        return end with { Live = time.GetElapsedTime(begun) };
    }

    private async Task<SessionEnd> WriteAsync(
        SessionLink link, SessionInbox inbox, long epoch, ChannelReader<AgentFrame> frames, CancellationToken stopping, CancellationToken ending)
    {
        try
        {
            using var idle = CancellationTokenSource.CreateLinkedTokenSource(ending, stopping);
            while (await frames.WaitToReadAsync(idle.Token))
            {
                if (!frames.TryRead(out var frame))
                    continue;

                using var limit = new CancellationTokenSource(WriteLimit, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ending);
                using var hurry = stopping.Register(() => limit.CancelAfter(GoodbyeLimit));
                frame.SessionEpoch = epoch;
                await link.Write(frame, either.Token);
            }

            return new SessionEnd(SessionEndKind.LinkLost, "nothing more to write", TimeSpan.Zero);
        }
        catch (Exception error) when (stopping.IsCancellationRequested)
        {
            await SayGoodbyeAsync(link, inbox, epoch, frames);
            return new SessionEnd(SessionEndKind.Stopping, error.Message, TimeSpan.Zero);
        }
        catch (Exception error)
        {
            return SessionFailure.Of(error);
        }
    }

    // CancelAsync would continue on the thread pool, outside the caller's scheduler; so would ReadAllAsync of a channel.
    private static void End(CancellationTokenSource source) => source.Cancel();

    // Bye gives back what was not answered, so the answers that are queued go before it: a job that was accepted must not be
    // given to another agent as well.
    private async Task SayGoodbyeAsync(SessionLink link, SessionInbox inbox, long epoch, ChannelReader<AgentFrame> frames)
    {
        try
        {
            using var limit = new CancellationTokenSource(GoodbyeLimit, time);
            inbox.Close();
            while (await frames.WaitToReadAsync(limit.Token))
            {
                while (frames.TryRead(out var frame))
                {
                    frame.SessionEpoch = epoch;
                    await link.Write(frame, limit.Token);
                }
            }

            await link.Write(new AgentFrame { SessionEpoch = epoch, Bye = new Bye { Reason = "the agent is stopping; its jobs run on" } }, limit.Token);
        }
        catch (Exception error)
        {
            logger.GoodbyeFailed(error.Message);
        }
    }

    private async Task<SessionEnd> ReadAsync(
        SessionLink link, SessionInbox inbox, TimeSpan silence, long begun, CancellationToken ending)
    {
        try
        {
            while (true)
            {
                CoordinatorFrame? frame;
                using (var limit = new CancellationTokenSource(silence, time))
                using (var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ending))
                {
                    try
                    {
                        frame = await link.Read(either.Token);
                    }
                    catch (Exception) when (limit.IsCancellationRequested && !ending.IsCancellationRequested)
                    {
                        return new SessionEnd(SessionEndKind.Silent, $"no frame for {silence.TotalSeconds:0} s", TimeSpan.Zero);
                    }
                }

                if (frame is null)
                    return new SessionEnd(SessionEndKind.LinkLost, "the stream ended", TimeSpan.Zero);
                if (frame.FrameCase == CoordinatorFrame.FrameOneofCase.GoAway)
                    return GoAway(frame.GoAway, time.GetElapsedTime(begun));

                await inbox.TakeAsync(frame, ending);
                wake.Set();
            }
        }
        catch (Exception error)
        {
            return SessionFailure.Of(error);
        }
    }

    private static SessionEnd GoAway(GoAway frame, TimeSpan live) => new(
        frame.Reason == GoAwayReason.Revoked ? SessionEndKind.Revoked : SessionEndKind.GoAway,
        $"{frame.Reason}: {frame.Message}",
        live,
        frame.Reason == GoAwayReason.Superseded
            ? BackOff.Cap
            : TimeSpan.FromMilliseconds(Math.Clamp(frame.ReconnectAfterMs, 0, (long)BackOff.Cap.TotalMilliseconds)));

    private Hello Hello() => new()
    {
        AgentId = journal.AgentId,
        InstanceId = instance.Id,
        JournalId = journal.JournalId,
        ProtocolMin = 1,
        ProtocolMax = 1,
        Build = typeof(AgentSession).Assembly.GetName().Version?.ToString() ?? "",
        OperatingSystem = Environment.OSVersion.VersionString,
        Labels = { options.Value.Labels },
        Slots = { attempts.Slots() },
        LastEpochSeen = journal.LastEpoch,
        HistoryId = journal.HistoryId,
        Inventory = { attempts.Inventory() },
        DisplayName = options.Value.DisplayName.Length > 0 ? options.Value.DisplayName : Environment.MachineName,
    };
}
