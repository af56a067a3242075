using Grpc.Core;
using Grpc.Net.Client;
using JobServer.Contracts.V1;

namespace JobServer.Benchmarks.Dispatch;

/// <summary>An agent without an executor: it accepts and reports at once.</summary>
internal sealed class BenchmarkAgent(GrpcChannel channel, string token) : IDisposable
{
    private readonly AsyncDuplexStreamingCall<AgentFrame, CoordinatorFrame> _call =
        new Agents.AgentsClient(channel).Connect(new Metadata { { "authorization", $"Bearer {token}" } });

    private long _epoch;
    private int _finished;

    public async Task ConnectAsync()
    {
        var slots = new Slots { Kind = JobKind.Standard, Count = 100 };
        await _call.RequestStream.WriteAsync(new AgentFrame
        {
            Hello = new Hello
            {
                AgentId = "benchmark-agent",
                InstanceId = "benchmark-instance",
                JournalId = "benchmark-journal",
                ProtocolMin = 1,
                ProtocolMax = 1,
                Slots = { slots },
            },
        });
        _epoch = (await ReadAsync(frame => frame.Welcome)).SessionEpoch;
        await SendAsync(new AgentFrame { Credits = new Credits { Free = { slots } } });
    }

    public async Task<Attempt> ReadAssignAsync() => (await ReadAsync(frame => frame.Assign)).Attempt;

    /// <summary>Takes the job to its end and gives the slot back.</summary>
    public async Task FinishAsync(Attempt attempt)
    {
        // Seldom, so that it is not what is measured; often enough to keep the lease however long the run takes.
        if (_finished++ % 100 == 0)
        {
            await SendAsync(new AgentFrame { Heartbeat = new Heartbeat { SentAt = 1 } });
            await ReadAsync(frame => frame.HeartbeatAck);
        }

        await SendAsync(new AgentFrame { AssignReply = new AssignReply { Attempt = attempt, Decision = AssignDecision.Accepted } });
        var status = new Contracts.V1.Status { Attempt = attempt, Sequence = 1, Kind = StatusKind.Failed, Reason = FailureReason.NonzeroExit };
        await SendAsync(new AgentFrame { Status = status });
        await ReadAsync(frame => frame.StatusAck);
        await SendAsync(new AgentFrame { Credits = new Credits { Free = { new Slots { Kind = JobKind.Standard, Count = 100 } } } });
    }

    public void Dispose() => _call.Dispose();

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
            if (_call.ResponseStream.Current.GoAway is { } goAway)
            {
                throw new InvalidOperationException($"The Coordinator ended the session: {goAway.Reason}, {goAway.Message}");
            }

            if (pick(_call.ResponseStream.Current) is { } wanted)
            {
                return wanted;
            }
        }

        throw new InvalidOperationException("The Coordinator closed the stream.");
    }
}
