using System.Collections.Concurrent;
using System.Diagnostics;
using Grpc.Core;
using JobServer.Benchmarks.Dispatch;
using JobServer.Benchmarks.Servers;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent;
using JobServer.RunnerAgent.Connection;

namespace JobServer.Benchmarks.Fleets;

/// <summary>
/// One agent of many: says Hello, beats, accepts what it is given and keeps it, and connects again with the waits of the
/// production agent. Against the bare server it beats only.
/// </summary>
internal sealed class FleetAgent(Uri address, ServerKind server, int number, int slots, SemaphoreSlim opening) : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    // As the production agent: a connection that the network has lost in silence is tried again.
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(30);
    private readonly Metadata _metadata = new() { { "authorization", $"Bearer {BenchmarkSite.Token}" } };
    private readonly SeededAgentRandom _random = new(number);
    private readonly FleetChannel _channel = new(address);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<string, Attempt> _held = new(StringComparer.Ordinal);
    private long _epoch;

    public int Held => _held.Count;

    /// <summary>Sessions that were answered so far.</summary>
    public int Sessions { get; private set; }

    public bool IsLive { get; private set; }

    /// <summary>Whether the newest Welcome let the agent go on with all that it holds.</summary>
    public bool IsReconciled { get; private set; }

    /// <summary>When the newest session was answered, as a <see cref="Stopwatch"/> timestamp.</summary>
    public long AnsweredAt { get; private set; }

    public TcpCount Count => _channel.Count;

    public async Task RunAsync(CancellationToken stopping)
    {
        var backOff = new BackOff(_random);
        while (!stopping.IsCancellationRequested)
        {
            var end = await OneSessionAsync(stopping);
            IsLive = false;
            backOff.Ended(end.Live);
            await Task.Delay(AgentConnector.Wait(end, backOff), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        _channel.Dispose();
        _writing.Dispose();
    }

    private async Task<SessionEnd> OneSessionAsync(CancellationToken stopping)
    {
        try
        {
            using var call = new Agents.AgentsClient(_channel.Grpc).Connect(_metadata, cancellationToken: stopping);
            await OpenAsync(call, stopping);
            return await LiveAsync(call, stopping);
        }
        catch (Exception error) when (IsLostLink(error))
        {
            return SessionFailure.Of(error);
        }
    }

    private static bool IsLostLink(Exception error) =>
        error is RpcException or IOException or HttpRequestException or InvalidOperationException or OperationCanceledException;

    private async Task OpenAsync(AsyncDuplexStreamingCall<AgentFrame, CoordinatorFrame> call, CancellationToken stopping)
    {
        await opening.WaitAsync(stopping);
        using var handshake = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        handshake.CancelAfter(HandshakeLimit);
        try
        {
            await call.RequestStream.WriteAsync(server == ServerKind.Coordinator ? Hello() : Heartbeat(), handshake.Token);
            if (!await call.ResponseStream.MoveNext(handshake.Token))
            {
                throw new IOException("The stream ended before its first frame.");
            }

            var welcome = call.ResponseStream.Current.Welcome;
            _epoch = welcome?.SessionEpoch ?? 0;
            IsReconciled = welcome is null || (welcome.Verdicts.Count == Held && welcome.Verdicts.All(verdict => verdict.Kind is VerdictKind.Keep or VerdictKind.Readopt));
            AnsweredAt = Stopwatch.GetTimestamp();
            IsLive = true;
            Sessions++;
        }
        finally
        {
            opening.Release();
        }
    }

    private async Task<SessionEnd> LiveAsync(AsyncDuplexStreamingCall<AgentFrame, CoordinatorFrame> call, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var beating = BeatAsync(call, ending.Token);
        try
        {
            while (await call.ResponseStream.MoveNext(stopping))
            {
                var frame = call.ResponseStream.Current;
                if (frame.GoAway is { } goAway)
                {
                    return new SessionEnd(SessionEndKind.GoAway, goAway.Message, TimeSpan.Zero, TimeSpan.FromMilliseconds(goAway.ReconnectAfterMs));
                }

                if (frame.Assign is { } assign)
                {
                    _held[assign.Attempt.JobId] = assign.Attempt;
                    await SendAsync(call, new AgentFrame { AssignReply = new AssignReply { Attempt = assign.Attempt, Decision = AssignDecision.Accepted } });
                }
            }

            return new SessionEnd(SessionEndKind.LinkLost, "the stream ended", TimeSpan.Zero);
        }
        finally
        {
            await ending.CancelAsync();
            await beating;
        }
    }

    private async Task BeatAsync(AsyncDuplexStreamingCall<AgentFrame, CoordinatorFrame> call, CancellationToken ending)
    {
        var interval = Beat * (0.9 + (0.2 * _random.NextDouble()));
        try
        {
            while (!ending.IsCancellationRequested)
            {
                await SendAsync(call, Heartbeat());
                await Task.Delay(interval, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (Exception error) when (IsLostLink(error))
        {
            // Whoever reads finds out why.
        }
    }

    private async Task SendAsync(AsyncDuplexStreamingCall<AgentFrame, CoordinatorFrame> call, AgentFrame frame)
    {
        await _writing.WaitAsync();
        try
        {
            frame.SessionEpoch = _epoch;
            await call.RequestStream.WriteAsync(frame);
        }
        finally
        {
            _writing.Release();
        }
    }

    private AgentFrame Heartbeat() => new()
    {
        Heartbeat = new Heartbeat
        {
            SentAt = Stopwatch.GetTimestamp(),
            Credits = new Credits { Free = { SlotsOf(slots - Held) } },
            DiskFree = 100L * 1024 * 1024 * 1024,
            AttemptsHeld = Held,
        },
    };

    private AgentFrame Hello() => new()
    {
        Hello = new Hello
        {
            AgentId = $"fleet-agent-{number}",
            InstanceId = "fleet-instance",
            JournalId = "fleet-journal",
            ProtocolMin = 1,
            ProtocolMax = 1,
            Build = "1.0.0.0",
            OperatingSystem = Environment.OSVersion.VersionString,
            DisplayName = $"fleet {number}",
            Slots = { SlotsOf(slots) },
            Inventory =
            {
                _held.Values.Select(attempt => new InventoryItem { Attempt = attempt, State = AttemptState.Running, Process = ProcessState.Alive }),
            },
        },
    };

    private static Slots SlotsOf(int count) => new() { Kind = JobKind.Standard, Count = count };
}
