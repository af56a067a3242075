using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading.Channels;
using Grpc.Core;
using Grpc.Net.Client;
using JobServer.Benchmarks.Dispatch;
using JobServer.Contracts.V1;

namespace JobServer.Benchmarks.Reports;

/// <summary>One of many agents without executors. A task reads and a task writes, as in a real one.</summary>
internal sealed class CrowdAgent(GrpcChannel channel, string id, int slots) : IDisposable
{
    /// <summary>The digest of a manifest without files.</summary>
    private static readonly string NoFiles = Convert.ToHexStringLower(SHA256.HashData([]));

    private readonly Channel<AgentFrame> _outgoing = Channel.CreateUnbounded<AgentFrame>();
    private readonly AsyncDuplexStreamingCall<AgentFrame, CoordinatorFrame> _call =
        new Agents.AgentsClient(channel).Connect(new Metadata { { "authorization", $"Bearer {BenchmarkSite.Token}" } });

    // Whoever says nothing for 30 s is taken for lost, and on a loaded machine a benchmark prepares for longer.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _ending = new();
    private Task _writing = Task.CompletedTask;
    private Task _beating = Task.CompletedTask;
    private long _epoch;

    public async Task ConnectAsync()
    {
        await _call.RequestStream.WriteAsync(new AgentFrame
        {
            Hello = new Hello
            {
                AgentId = id,
                InstanceId = $"{id}-instance",
                JournalId = $"{id}-journal",
                ProtocolMin = 1,
                ProtocolMax = 1,
                Slots = { new Slots { Kind = JobKind.Standard, Count = slots } },
            },
        });
        _epoch = (await ReadAsync()).Welcome.SessionEpoch;
        _writing = WriteAsync();
        _beating = BeatAsync();
    }

    public void Offer(int free) => Send(new AgentFrame { Credits = new Credits { Free = { new Slots { Kind = JobKind.Standard, Count = free } } } });

    /// <summary>Takes jobs until it has so many, and accepts them.</summary>
    public async Task<List<Attempt>> TakeAsync(int count)
    {
        Offer(count);
        var attempts = new List<Attempt>();
        while (attempts.Count < count)
        {
            if ((await ReadAsync()).Assign is { } assign)
            {
                Accept(assign.Attempt);
                attempts.Add(assign.Attempt);
            }
        }

        return attempts;
    }

    /// <summary>Sends all reports as fast as flow control allows, and returns when the last is acknowledged.</summary>
    public async Task ReportAsync(IReadOnlyList<Attempt> attempts, long firstSequence, int reportsEach)
    {
        for (var number = 0; number < reportsEach; number++)
        {
            foreach (var attempt in attempts)
            {
                Report(attempt, firstSequence + number, StatusKind.Executing);
            }
        }

        // Acknowledgements are cumulative, but each report gets one.
        for (var acknowledged = 0; acknowledged < attempts.Count * reportsEach;)
        {
            acknowledged += (await ReadAsync()).StatusAck is null ? 0 : 1;
        }
    }

    /// <summary>Takes jobs to their successful end, as they come.</summary>
    /// <param name="next">Called for each job that ended; false when no more will come.</param>
    public async Task WorkAsync(Func<bool> next, CancellationToken cancellationToken)
    {
        Offer(slots);
        var held = 0;
        try
        {
            while (await _call.ResponseStream.MoveNext(cancellationToken))
            {
                var frame = _call.ResponseStream.Current;
                if (frame.Assign is { } assign)
                {
                    held++;
                    Accept(assign.Attempt);
                    Report(assign.Attempt, 1, StatusKind.Executing);
                    Report(assign.Attempt, 2, StatusKind.Succeeded);
                }
                else if (frame.StatusAck is { AppliedSequence: 2 })
                {
                    held--;
                    if (!next())
                    {
                        return;
                    }

                    if (held == 0)
                    {
                        Offer(slots);
                    }
                }
                else if (frame.GoAway is { } goAway)
                {
                    throw new InvalidOperationException($"The Coordinator ended the session: {goAway.Reason}, {goAway.Message}");
                }
            }
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Cancelled)
        {
            // Another agent had the last job.
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
        _outgoing.Writer.TryComplete();
        _call.Dispose();
    }

    private void Accept(Attempt attempt) =>
        Send(new AgentFrame { AssignReply = new AssignReply { Attempt = attempt, Decision = AssignDecision.Accepted } });

    private void Report(Attempt attempt, long sequence, StatusKind kind)
    {
        var status = new Contracts.V1.Status { Attempt = attempt, Sequence = sequence, Kind = kind };
        if (kind == StatusKind.Succeeded)
        {
            status.ManifestDigest = NoFiles;
        }

        Send(new AgentFrame { Status = status });
    }

    private void Send(AgentFrame frame)
    {
        frame.SessionEpoch = _epoch;
        _outgoing.Writer.TryWrite(frame);
    }

    private async Task BeatAsync()
    {
        var ending = _ending.Token;
        while (!ending.IsCancellationRequested)
        {
            Send(new AgentFrame { Heartbeat = new Heartbeat { SentAt = Stopwatch.GetTimestamp() } });
            await Task.Delay(Beat, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync()
    {
        await foreach (var frame in _outgoing.Reader.ReadAllAsync())
        {
            await _call.RequestStream.WriteAsync(frame);
        }
    }

    private async Task<CoordinatorFrame> ReadAsync() => await _call.ResponseStream.MoveNext(CancellationToken.None)
        ? _call.ResponseStream.Current
        : throw new InvalidOperationException("The Coordinator closed the stream.");
}
