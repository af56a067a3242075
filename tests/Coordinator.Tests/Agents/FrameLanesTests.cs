using JobServer.Contracts.V1;
using JobServer.Coordinator.Agents;
using Frame = JobServer.Contracts.V1.CoordinatorFrame.FrameOneofCase;

namespace JobServer.Coordinator.Tests.Agents;

public sealed class FrameLanesTests
{
    private static CoordinatorFrame Ack => new() { StatusAck = new StatusAck() };

    private static CoordinatorFrame Assignment => new() { Assign = new Assign() };

    private static CoordinatorFrame Beat => new() { HeartbeatAck = new HeartbeatAck() };

    [Fact]
    public async Task Control_goes_before_acknowledgements_and_those_before_assignments()
    {
        var lanes = new FrameLanes();
        Assert.True(lanes.TryBulk(Assignment) && lanes.TryStatus(Ack) && lanes.TryControl(Beat));
        using var stop = new CancellationTokenSource();
        var written = new List<Frame>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lanes.WriteAsync(
            async (frame, _) =>
            {
                written.Add(frame.FrameCase);
                if (written.Count == 3)
                {
                    await stop.CancelAsync();
                }
            },
            stop.Token,
            CancellationToken.None));

        Assert.Equal([Frame.HeartbeatAck, Frame.StatusAck, Frame.Assign], written);
    }

    [Fact]
    public async Task The_end_of_a_session_does_not_cut_the_write_at_hand_or_what_waits()
    {
        var session = NewSession();
        session.Lanes.TryControl(Beat);
        var written = new List<Frame>();
        var wasCut = false;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.Lanes.WriteAsync(
            (frame, token) =>
            {
                session.Close(GoAwayReason.Shutdown, TimeSpan.Zero, "");
                wasCut |= token.IsCancellationRequested;
                written.Add(frame.FrameCase);
                return Task.CompletedTask;
            },
            session.Closing,
            CancellationToken.None));
        written.AddRange((await FlushedAsync(session)).Select(frame => frame.FrameCase));

        Assert.False(wasCut);
        Assert.Equal([Frame.HeartbeatAck, Frame.GoAway], written);
    }

    [Fact]
    public async Task The_first_reason_to_end_a_session_is_the_one_that_is_said()
    {
        var session = NewSession();

        session.Close(GoAwayReason.Silent, TimeSpan.Zero, "");
        session.Close(GoAwayReason.Superseded, TimeSpan.Zero, "");

        Assert.Equal([GoAwayReason.Silent], (await FlushedAsync(session)).Select(frame => frame.GoAway.Reason));
    }

    [Fact]
    public void An_agent_that_does_not_read_is_dropped_and_not_waited_for()
    {
        var session = NewSession();

        for (var i = 0; i < 1000; i++)
        {
            session.Send(session.Lanes.TryControl(Beat));
        }

        Assert.True(session.Closing.IsCancellationRequested);
    }

    private static AgentSession NewSession() => new() { AgentId = "agent-000001", BackendId = 1, TokenHash = "", Epoch = 1, MayAssign = true };

    private static async Task<List<CoordinatorFrame>> FlushedAsync(AgentSession session)
    {
        var frames = new List<CoordinatorFrame>();
        await session.Lanes.FlushAsync(
            (frame, _) =>
            {
                frames.Add(frame);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return frames;
    }
}
