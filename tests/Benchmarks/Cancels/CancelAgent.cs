using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using JobServer.Benchmarks.Dispatch;
using JobServer.Contracts.V1;

namespace JobServer.Benchmarks.Cancels;

/// <summary>An agent that runs whatever it is given until it is told to stop.</summary>
internal sealed class CancelAgent(GrpcChannel channel) : IDisposable
{
    private static readonly Slots OneSlot = new() { Kind = JobKind.Standard, Count = 1 };

    private readonly AsyncDuplexStreamingCall<AgentFrame, CoordinatorFrame> _call =
        new Agents.AgentsClient(channel).Connect(new Metadata { { "authorization", $"Bearer {BenchmarkSite.Token}" } });

    private long _epoch;

    public async Task ConnectAsync()
    {
        var hello = new Hello
        {
            AgentId = "cancel-agent",
            InstanceId = "cancel-instance",
            JournalId = "cancel-journal",
            ProtocolMin = 1,
            ProtocolMax = 1,
            Slots = { OneSlot },
        };
        await SendAsync(new AgentFrame { Hello = hello });
        _epoch = (await ReadAsync(frame => frame.Welcome)).SessionEpoch;
        await SendAsync(new AgentFrame { Credits = new Credits { Free = { OneSlot } } });
    }

    /// <summary>Takes the next assignment and says that it executes; returns when that is committed.</summary>
    public async Task<Attempt> StartAsync()
    {
        var attempt = (await ReadAsync(frame => frame.Assign)).Attempt;
        await SendAsync(new AgentFrame { AssignReply = new AssignReply { Attempt = attempt, Decision = AssignDecision.Accepted } });
        await ReportAsync(new Contracts.V1.Status { Attempt = attempt, Sequence = 1, Kind = StatusKind.Executing });
        return attempt;
    }

    /// <returns>When the cancel of this attempt was read, as a <see cref="Stopwatch"/> timestamp.</returns>
    public async Task<long> ReadCancelAsync(Attempt attempt)
    {
        await ReadAsync(frame => frame.Cancel?.Attempt.JobId == attempt.JobId ? frame.Cancel : null);
        return Stopwatch.GetTimestamp();
    }

    public async Task StopAsync(Attempt attempt)
    {
        await SendAsync(new AgentFrame { CancelReply = new CancelReply { Attempt = attempt, Outcome = CancelOutcome.Stopping } });
        await ReportAsync(new Contracts.V1.Status { Attempt = attempt, Sequence = 2, Kind = StatusKind.Failed, Reason = FailureReason.Cancelled });

        // A lease that is not renewed lapses, and a run on a busy machine takes longer than one lasts.
        await SendAsync(new AgentFrame { Heartbeat = new Heartbeat { SentAt = Stopwatch.GetTimestamp(), Credits = new Credits { Free = { OneSlot } } } });
    }

    public void Dispose() => _call.Dispose();

    private async Task ReportAsync(Contracts.V1.Status status)
    {
        await SendAsync(new AgentFrame { Status = status });
        await ReadAsync(frame => frame.StatusAck);
    }

    private Task SendAsync(AgentFrame frame)
    {
        frame.SessionEpoch = _epoch;
        return _call.RequestStream.WriteAsync(frame);
    }

    private async Task<T> ReadAsync<T>(Func<CoordinatorFrame, T?> pick)
        where T : class
    {
        while (await _call.ResponseStream.MoveNext(CancellationToken.None))
        {
            if (pick(_call.ResponseStream.Current) is { } wanted)
            {
                return wanted;
            }
        }

        throw new InvalidOperationException("The Coordinator closed the stream.");
    }
}
