using System.Text;
using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Coordinator.Transfers;
using JobServer.Data.Agents;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Coordinator.Tests.Transfers;

public sealed class FetchTests : CoordinatorTest
{
    private const int LargeSize = 1024 * 1024;

    private static readonly string Source = Data.Blobs.Digests.OfText("a study");

    [Fact]
    public async Task The_holder_of_a_job_fetches_its_source_from_any_offset()
    {
        var (agent, attempt) = await RunningAsync();

        Assert.Equal("a study", await FetchAsync(agent, attempt, Source, 0));
        Assert.Equal("study", await FetchAsync(agent, attempt, Source, 2));
        Assert.Equal("", await FetchAsync(agent, attempt, Source, 7));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(8)]
    public async Task An_offset_outside_the_file_is_out_of_range(long offset)
    {
        var (agent, attempt) = await RunningAsync();

        Assert.Equal(StatusCode.OutOfRange, await RefusalAsync(agent, attempt, Source, offset));
    }

    [Fact]
    public async Task Nothing_else_of_the_store_can_be_fetched()
    {
        var (agent, attempt) = await RunningAsync();
        var other = await Site.CreateBlobAsync("another study");

        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(agent, attempt, other.Digest));
        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(agent, attempt, "../../jobserver.db"));
    }

    [Fact]
    public async Task Only_the_newest_session_of_the_holder_fetches()
    {
        var (agent, attempt) = await RunningAsync();
        var stranger = NewAgent(id: "agent-000002");
        await stranger.WelcomedAsync();
        var elsewhere = await Site.CreateTokenAsync(await Site.CreateBackendAsync());

        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(stranger, attempt, Source));
        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(agent, new Attempt { JobId = attempt.JobId, Fence = 2 }, Source));
        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(agent, attempt, Source, token: elsewhere));

        await ConnectAsync(new InventoryItem { Attempt = attempt, State = AttemptState.Running, Process = ProcessState.Alive });
        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(agent, attempt, Source));
    }

    [Fact]
    public async Task A_revoked_agent_fetches_nothing_more()
    {
        var (agent, attempt) = await RunningAsync();

        await Coordinator.Get<ModeChanges>().SetAgentAsync(agent.Id, Domain.Agents.AgentMode.Revoked, drainWithin: null, actorId: null, None);

        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(agent, attempt, Source));
    }

    [Fact]
    public async Task A_call_without_session_or_attempt_is_invalid()
    {
        var agent = await ConnectAsync();

        Assert.Equal(StatusCode.InvalidArgument, await RefusalAsync(agent, new Attempt(), Source));
    }

    [Fact]
    public async Task A_reader_that_stops_reading_is_given_up_after_a_minute()
    {
        var (agent, attempt, source) = await WithLargeSourceAsync();
        using var call = Begin(agent, attempt, source);
        Assert.True(await call.ResponseStream.MoveNext(None));
        var fetches = Coordinator.Get<FetchSlots>();
        Assert.Equal(1, fetches.CountOf(agent.Id));

        // Beats in between, or the control session would end for silence and be the reason.
        for (var seconds = 0; seconds < 80 && fetches.CountOf(agent.Id) > 0; seconds += 10)
        {
            Site.Clock.Advance(TimeSpan.FromSeconds(10));
            await agent.BeatAsync();
        }

        await Eventually.HoldsAsync(() => Task.FromResult(fetches.CountOf(agent.Id) == 0), "the file is let go");
        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(None))
            {
            }
        });
    }

    [Fact]
    public async Task An_agent_fetches_a_few_files_at_a_time_and_may_go_on_when_one_is_done()
    {
        var (agent, attempt, source) = await WithLargeSourceAsync();
        var calls = new List<AsyncServerStreamingCall<BlobChunk>>();
        for (var i = 0; i < TransferSlots.MostOfOneAgent; i++)
        {
            calls.Add(Begin(agent, attempt, source));
            Assert.True(await calls[^1].ResponseStream.MoveNext(None));
        }

        Assert.Equal(StatusCode.Aborted, await RefusalAsync(agent, attempt, source));

        calls[0].Dispose();
        var fetches = Coordinator.Get<FetchSlots>();
        await Eventually.HoldsAsync(() => Task.FromResult(fetches.CountOf(agent.Id) < TransferSlots.MostOfOneAgent), "one has ended");
        Assert.Equal(LargeSize, (await FetchAsync(agent, attempt, source, 0)).Length);
        calls.ForEach(call => call.Dispose());
    }

    /// <summary>A job whose source is larger than what a connection holds unread.</summary>
    private async Task<(ScriptedAgent Agent, Attempt Attempt, string Digest)> WithLargeSourceAsync()
    {
        var source = (await Site.CreateBlobAsync(new string('s', LargeSize))).Digest;
        var (agent, attempt) = await RunningAsync();
        await Site.Database.WriteAsync((db, token) => db.JobRequests.ExecuteUpdateAsync(set => set.SetProperty(request => request.SourceDigest, source), token));
        return (agent, attempt, source);
    }

    private AsyncServerStreamingCall<BlobChunk> Begin(ScriptedAgent agent, Attempt attempt, string digest) => Coordinator.Transfers().FetchBlob(
        new FetchBlobRequest { Session = agent.Session, Attempt = attempt, Sha256 = digest }, TestCoordinator.Bearer(Token));

    private async Task<StatusCode> RefusalAsync(ScriptedAgent agent, Attempt attempt, string digest, long offset = 0, string? token = null) =>
        (await Assert.ThrowsAsync<RpcException>(() => FetchAsync(agent, attempt, digest, offset, token))).StatusCode;

    private async Task<string> FetchAsync(ScriptedAgent agent, Attempt attempt, string digest, long offset, string? token = null)
    {
        var request = new FetchBlobRequest { Session = agent.Session, Attempt = attempt, Sha256 = digest, Offset = offset };
        using var call = Coordinator.Transfers().FetchBlob(request, TestCoordinator.Bearer(token ?? Token));
        var text = new StringBuilder();
        while (await call.ResponseStream.MoveNext(None))
        {
            var chunk = call.ResponseStream.Current;
            Assert.Equal(offset + text.Length, chunk.Offset);
            text.Append(chunk.Data.ToStringUtf8());
        }

        return text.ToString();
    }
}
