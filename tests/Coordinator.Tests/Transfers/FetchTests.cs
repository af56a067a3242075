using System.Text;
using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data.Agents;

namespace JobServer.Coordinator.Tests.Transfers;

public sealed class FetchTests : CoordinatorTest
{
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
