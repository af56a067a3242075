using System.Threading.Channels;
using Grpc.Core;
using JobServer.Contracts.V1;
using Status = Grpc.Core.Status;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

internal sealed class TestAgentsService(CoordinatorRows rows) : Agents.AgentsBase
{
    public override async Task Connect(
        IAsyncStreamReader<AgentFrame> requestStream, IServerStreamWriter<CoordinatorFrame> responseStream, ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue("authorization") != $"Bearer {CoordinatorRows.Token}")
            throw new RpcException(new Status(StatusCode.Unauthenticated, "wrong token"));

        await requestStream.MoveNext();
        var hello = requestStream.Current.Hello;
        var epoch = rows.NextEpoch();
        var outgoing = Channel.CreateUnbounded<CoordinatorFrame>();
        var cut = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        rows.Frames.Enqueue(requestStream.Current);
        await responseStream.WriteAsync(new CoordinatorFrame
        {
            Welcome = new Welcome
            {
                SessionEpoch = epoch,
                CoordinatorId = "test",
                HeartbeatIntervalMs = 200,
                SilenceTimeoutMs = 5000,
                Mode = AgentMode.Active,
                Verdicts = { hello.Inventory.Select(Verdict) },
            },
        });
        rows.Sessions[epoch] = (outgoing, cut);

        var writing = WriteAsync(outgoing.Reader, responseStream, cut.Token);
        try
        {
            while (await requestStream.MoveNext(cut.Token) && requestStream.Current.Bye is null)
                Take(requestStream.Current, outgoing.Writer);
        }
        finally
        {
            outgoing.Writer.TryComplete();
            rows.Sessions.TryRemove(epoch, out _);
            await writing;
        }
    }

    private static async Task WriteAsync(ChannelReader<CoordinatorFrame> frames, IServerStreamWriter<CoordinatorFrame> stream, CancellationToken token)
    {
        try
        {
            await foreach (var frame in frames.ReadAllAsync(token))
                await stream.WriteAsync(frame, token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Take(AgentFrame frame, ChannelWriter<CoordinatorFrame> outgoing)
    {
        rows.Frames.Enqueue(frame);
        if (frame.Heartbeat is { } beat)
            outgoing.TryWrite(new CoordinatorFrame { HeartbeatAck = new HeartbeatAck { RenewedBy = beat.SentAt } });
        if (frame.Status is not { } status)
            return;

        var applied = rows.AppliedSequence(status.Attempt);
        if (status.Sequence == applied + 1)
            rows.Applied.Enqueue(status);
        else if (status.Sequence > applied)
        {
            outgoing.TryWrite(new CoordinatorFrame { StatusNack = new StatusNack { Attempt = status.Attempt, ExpectedSequence = applied + 1 } });
            return;
        }

        outgoing.TryWrite(new CoordinatorFrame
        {
            StatusAck = new StatusAck { Attempt = status.Attempt, AppliedSequence = rows.AppliedSequence(status.Attempt) },
        });
    }

    private Verdict Verdict(InventoryItem item)
    {
        var applied = rows.AppliedSequence(item.Attempt);
        var kind = rows.End(item.Attempt.JobId) is not null ? VerdictKind.Forget
            : item.LastSequenceMade > applied ? VerdictKind.Send : VerdictKind.Keep;
        return new Verdict { Attempt = item.Attempt, Kind = kind, AppliedSequence = applied, CurrentFence = item.Attempt.Fence };
    }
}
