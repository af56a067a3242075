using Google.Protobuf;
using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Coordinator.Transfers;
using JobServer.Data.Blobs;

namespace JobServer.Coordinator.Tests.Transfers;

/// <summary>What uploads may cost at once.</summary>
public sealed class UploadBoundTests : CoordinatorTest
{
    protected override Dictionary<string, string?> Settings => new(StringComparer.Ordinal) { ["Coordinator:MaxUploadSize"] = "1152921504606846976" };

    [Fact]
    public async Task A_file_that_would_fill_the_disk_waits()
    {
        var (agent, attempt) = await RunningAsync();
        var request = agent.Begin(attempt, "output/a.csv", "a");
        request.Size = 1L << 60;
        var begun = await Coordinator.BeginAsync(Token, request);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => Coordinator.UploadAsync(Token, agent, attempt, begun.UploadId, 0, [1]));

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.Contains("nearly full", refusal.Status.Detail);
    }

    [Fact]
    public async Task An_agent_sends_a_few_files_at_a_time_and_may_go_on_when_one_is_done()
    {
        var (agent, attempt) = await RunningAsync();
        var calls = new List<AsyncClientStreamingCall<UploadFrame, UploadState>>();
        for (var i = 0; i < UploadSlots.MostOfOneAgent; i++)
        {
            calls.Add(await OpenAsync(agent, attempt, i));
        }

        var slots = Coordinator.Get<UploadSlots>();
        await Eventually.HoldsAsync(() => Task.FromResult(slots.CountOf(agent.Id) == UploadSlots.MostOfOneAgent), "all of them are open");
        var more = await Coordinator.BeginAsync(Token, agent.Begin(attempt, "output/more.csv", "a"));
        var refusal = await Assert.ThrowsAsync<RpcException>(() => Coordinator.UploadAsync(Token, agent, attempt, more.UploadId, 0));
        Assert.Equal(StatusCode.Aborted, refusal.StatusCode);
        Assert.Contains("already", refusal.Status.Detail);

        await calls[0].RequestStream.CompleteAsync();
        await calls[0];
        await Eventually.HoldsAsync(() => Task.FromResult(slots.CountOf(agent.Id) < UploadSlots.MostOfOneAgent), "one is done");
        var state = await Coordinator.UploadAsync(Token, agent, attempt, more.UploadId, 0, "a"u8.ToArray());

        Assert.Equal(UploadProgress.Complete, state.Progress);
        calls.ForEach(call => call.Dispose());
    }

    [Fact]
    public async Task What_arrived_before_the_connection_was_lost_need_not_come_again()
    {
        var chunk = new string('a', 64 * 1024);
        var (agent, attempt) = await RunningAsync();
        var begun = await Coordinator.BeginAsync(Token, agent.Begin(attempt, "output/a.csv", chunk + "more"));
        using (var call = Coordinator.Transfers().Upload(TestCoordinator.Bearer(Token)))
        {
            await call.RequestStream.WriteAsync(new UploadFrame { Header = new UploadHeader { Session = agent.Session, Attempt = attempt, UploadId = begun.UploadId } });
            await call.RequestStream.WriteAsync(new UploadFrame { Chunk = new UploadChunk { Data = ByteString.CopyFromUtf8(chunk) } });
            await Eventually.HoldsAsync(() => Task.FromResult(Site.Get<IBlobStore>().PartialSize(begun.UploadId) == chunk.Length), "the chunk is written");
        }

        var query = new QueryUploadRequest { Session = agent.Session, Attempt = attempt, UploadId = begun.UploadId };
        await Eventually.HoldsAsync(
            async () => (await Coordinator.Transfers().QueryUploadAsync(query, TestCoordinator.Bearer(Token))).CommittedOffset == chunk.Length, "the offset of what arrived is kept");
    }

    [Fact]
    public async Task Free_disk_is_promised_to_one_upload_only()
    {
        var (agent, attempt) = await RunningAsync();
        var size = (long)(Site.Get<IBlobStore>().SpareRoom() * 0.6);
        var slots = Coordinator.Get<UploadSlots>();
        using (var first = await OpenAsync(agent, attempt, 1, size))
        {
            await Eventually.HoldsAsync(() => Task.FromResult(slots.Promised == size), "the first has its room");

            Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(SecondAsync)).StatusCode);
        }

        await Eventually.HoldsAsync(() => Task.FromResult(slots.Promised == 0), "the first gives its room back");
        Assert.Equal(1, (await SecondAsync()).CommittedOffset);
        Assert.Equal(0, slots.Promised);

        async Task<UploadState> SecondAsync()
        {
            var request = agent.Begin(attempt, "output/2.csv", "a");
            request.Size = size;
            return await Coordinator.UploadAsync(Token, agent, attempt, (await Coordinator.BeginAsync(Token, request)).UploadId, 0, [1]);
        }
    }

    [Fact]
    public async Task What_has_come_of_an_upload_is_no_longer_promised_to_it()
    {
        using var slots = new UploadSlots(Site.Clock);
        using (var slot = await slots.EnterAsync("agent-1", "upload-1", rest: 60, () => 100, None))
        {
            slot.Received(50);
            Assert.Equal(10, slots.Promised);

            // The disk has 50 less now, of which 10 are promised.
            await Assert.ThrowsAsync<StoreFullException>(() => slots.EnterAsync("agent-2", "upload-2", rest: 41, () => 50, None));
            using var other = await slots.EnterAsync("agent-2", "upload-2", rest: 40, () => 50, None);
        }

        Assert.Equal(0, slots.Promised);
        Assert.Equal((0, 0), (slots.CountOf("agent-1"), slots.CountOf("agent-2")));
    }

    private async Task<AsyncClientStreamingCall<UploadFrame, UploadState>> OpenAsync(ScriptedAgent agent, Attempt attempt, int number, long size = 1)
    {
        var request = agent.Begin(attempt, $"output/{number}.csv", "a");
        request.Size = size;
        var begun = await Coordinator.BeginAsync(Token, request);
        var call = Coordinator.Transfers().Upload(TestCoordinator.Bearer(Token));
        await call.RequestStream.WriteAsync(new UploadFrame { Header = new UploadHeader { Session = agent.Session, Attempt = attempt, UploadId = begun.UploadId } });
        return call;
    }
}
