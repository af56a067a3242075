using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.TestCommon;

namespace JobServer.Coordinator.Tests.Gateway;

public sealed class GatewayTests : CoordinatorTest
{
    private static Metadata Headers => TestCoordinator.Bearer(TestCoordinator.InternalToken);

    private PortalGateway.PortalGatewayClient Gateway => new(Coordinator.Channel);

    [Fact]
    public async Task A_watcher_hears_what_a_portal_committed()
    {
        using var watch = Gateway.WatchChanges(new WatchChangesRequest(), Headers);
        await watch.ResponseHeadersAsync;

        await Gateway.RowsChangedAsync(new RowsChangedRequest { Changes = { new Change { Kind = ChangeKind.Release, Id = 5 } } }, Headers);

        Assert.Equal(new Change { Kind = ChangeKind.Release, Id = 5 }, await NextAsync(watch));
    }

    [Fact]
    public async Task A_watcher_hears_of_each_step_of_a_job()
    {
        using var watch = Gateway.WatchChanges(new WatchChangesRequest(), Headers);
        await watch.ResponseHeadersAsync;

        var (agent, attempt) = await RunningAsync();
        var request = (await Site.JobAsync(attempt.JobId)).JobRequestId;
        Assert.Equal(request, (await NextAsync(watch)).Id);

        await agent.ReportAsync(attempt, 1, StatusKind.Executing);
        Assert.Equal(new Change { Kind = ChangeKind.JobRequest, Id = request }, await NextAsync(watch));
    }

    private static async Task<Change> NextAsync(AsyncServerStreamingCall<Change> watch)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        Assert.True(await watch.ResponseStream.MoveNext(deadline.Token));
        return watch.ResponseStream.Current;
    }
}
