using Grpc.Core;
using Grpc.Net.Client;
using JobServer.Contracts.V1;
using Frame = JobServer.Contracts.V1.CoordinatorFrame.FrameOneofCase;
using Status = JobServer.Contracts.V1.Status;

namespace JobServer.Coordinator.Tests.Hosting;

/// <summary>An agent that says what a test tells it to, over a real connection.</summary>
public sealed class ScriptedAgent : IDisposable
{
    private readonly AsyncDuplexStreamingCall<AgentFrame, CoordinatorFrame> _call;

    public ScriptedAgent(GrpcChannel channel, string token, string id = "agent-000001")
    {
        Id = id;
        _call = new Contracts.V1.Agents.AgentsClient(channel).Connect(TestCoordinator.Bearer(token));
    }

    public string Id { get; }

    public long Epoch { get; private set; }

    public SessionRef Session => new() { AgentId = Id, SessionEpoch = Epoch };

    public static Credits Credits(int standard, int database = 0) => new()
    {
        Free = { new Slots { Kind = JobKind.Standard, Count = standard }, new Slots { Kind = JobKind.Database, Count = database } },
    };

    /// <summary>Says Hello and reads the answer, whatever it is.</summary>
    public async Task<CoordinatorFrame> HelloAsync(Action<Hello>? change = null)
    {
        var hello = new Hello
        {
            AgentId = Id,
            InstanceId = "instance-1",
            JournalId = "journal-1",
            ProtocolMin = 1,
            ProtocolMax = 1,
            Slots = { Credits(4, 1).Free },
        };
        change?.Invoke(hello);
        await _call.RequestStream.WriteAsync(new AgentFrame { Hello = hello });
        var answer = await ReadAsync();
        Assert.NotNull(answer);
        Epoch = answer.Welcome?.SessionEpoch ?? 0;
        return answer;
    }

    public async Task<Welcome> WelcomedAsync(Action<Hello>? change = null)
    {
        var answer = await HelloAsync(change);
        Assert.Equal(Frame.Welcome, answer.FrameCase);
        return answer.Welcome;
    }

    public Task<Welcome> WelcomedAsync(params InventoryItem[] inventory) => WelcomedAsync(hello => hello.Inventory.AddRange(inventory));

    /// <summary>Sends a frame. That the session ended meanwhile is no error: what it said last is still to be read.</summary>
    public async Task SendAsync(AgentFrame frame)
    {
        frame.SessionEpoch = frame.SessionEpoch == 0 ? Epoch : frame.SessionEpoch;
        try
        {
            await _call.RequestStream.WriteAsync(frame);
        }
        catch (RpcException)
        {
        }
    }

    public Task CreditAsync(int standard, int database = 0) => SendAsync(new AgentFrame { Credits = Credits(standard, database) });

    public async Task<HeartbeatAck> BeatAsync(long sentAt = 1)
    {
        await SendAsync(new AgentFrame { Heartbeat = new Heartbeat { SentAt = sentAt } });
        return (await ReadAsync(Frame.HeartbeatAck)).HeartbeatAck;
    }

    public Task AnswerAsync(Attempt attempt, AssignDecision decision = AssignDecision.Accepted) =>
        SendAsync(new AgentFrame { AssignReply = new AssignReply { Attempt = attempt, Decision = decision } });

    public Task ReportAsync(Attempt attempt, long sequence, StatusKind kind, Action<Status>? change = null)
    {
        var status = new Status { Attempt = attempt, Sequence = sequence, Kind = kind, AtUnixMs = 1 };
        change?.Invoke(status);
        return SendAsync(new AgentFrame { Status = status });
    }

    /// <summary>Takes a free slot's worth of work and accepts it.</summary>
    public async Task<Attempt> TakeJobAsync()
    {
        await CreditAsync(1);
        var attempt = (await ReadAsync(Frame.Assign)).Assign.Attempt;
        await AnswerAsync(attempt);
        return attempt;
    }

    /// <summary>The next frame, or null at the end of the stream.</summary>
    public async Task<CoordinatorFrame?> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        return await _call.ResponseStream.MoveNext(deadline.Token) ? _call.ResponseStream.Current : null;
    }

    /// <summary>The next frame of a kind; others before it are passed over.</summary>
    public Task<CoordinatorFrame> ReadAsync(Frame kind) => ReadAsync(frame => frame.FrameCase == kind);

    /// <summary>The next frame that is wanted; others before it are passed over.</summary>
    public async Task<CoordinatorFrame> ReadAsync(Func<CoordinatorFrame, bool> wanted)
    {
        while (await ReadAsync() is { } frame)
        {
            if (wanted(frame))
            {
                return frame;
            }
        }

        throw new InvalidOperationException("The stream ended before the frame that was waited for came.");
    }

    /// <summary>Reads the last word and the end of the stream.</summary>
    public async Task<GoAway> GoneAsync()
    {
        var last = (await ReadAsync(Frame.GoAway)).GoAway;
        Assert.Null(await ReadAsync());
        return last;
    }

    public Task ByeAsync() => SendAsync(new AgentFrame { Bye = new Bye { Reason = "done" } });

    public void Dispose() => _call.Dispose();
}
