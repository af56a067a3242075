using JobServer.Contracts.V1;
using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data.Blobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Coordinator.Tests.Agents;

/// <summary>A peer that says Hello and then reads nothing holds no session.</summary>
public sealed class UnreadTests : CoordinatorTest
{
    [Fact]
    public async Task A_welcome_that_nobody_reads_ends_the_session()
    {
        var epoch = (await EndAsync(Hello())).Epoch;

        Assert.Equal(1, epoch);
        await SessionEndsAsync("agent-000001", epoch);
    }

    [Fact]
    public async Task A_refusal_that_nobody_reads_ends_the_call()
    {
        var hello = Hello();
        hello.ProtocolMin = hello.ProtocolMax = 99;

        Assert.Equal(CoordinatorFrame.FrameOneofCase.Refuse, (await EndAsync(hello)).Unread);
    }

    [Fact]
    public async Task A_go_away_that_nobody_reads_ends_the_call()
    {
        await ConnectAsync();
        await Site.Database.WriteAsync((db, token) => db.Agents.ExecuteUpdateAsync(set => set.SetProperty(row => row.Mode, Domain.Agents.AgentMode.Revoked), token));

        Assert.Equal(CoordinatorFrame.FrameOneofCase.GoAway, (await EndAsync(Hello())).Unread);
    }

    private static Hello Hello() => new()
    {
        AgentId = "agent-000001",
        InstanceId = "instance-1",
        JournalId = "journal-1",
        ProtocolMin = 1,
        ProtocolMax = 1,
        Slots = { ScriptedAgent.Credits(4, 1).Free },
    };

    /// <summary>Runs a session whose peer reads nothing until the Coordinator gives it up.</summary>
    private async Task<(CoordinatorFrame.FrameOneofCase Unread, long Epoch)> EndAsync(Hello hello)
    {
        var unread = new CoordinatorFrame();
        var greeting = new Queue<AgentFrame>([new AgentFrame { Hello = hello }]);
        var link = new AgentLink
        {
            BackendId = Study.Backend.Id,
            TokenHash = Digests.OfText(Token),
            ReadAsync = async token =>
            {
                if (!greeting.TryDequeue(out var frame))
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                }

                return frame;
            },
            WriteAsync = (frame, token) =>
            {
                unread = frame;
                return Task.Delay(Timeout.InfiniteTimeSpan, token);
            },
        };
        var running = Coordinator.Get<AgentSessionRunner>().RunAsync(link, None);
        var took = await Site.Clock.AdvanceAsync(TimeSpan.FromSeconds(1), Task.WhenAny(running));
        try
        {
            await running;
        }
        catch (IOException)
        {
            // As a lost connection.
        }

        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        return (unread.FrameCase, unread.Welcome?.SessionEpoch ?? 0);
    }
}
