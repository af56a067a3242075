using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using JobServer.Benchmarks.Dispatch;
using JobServer.Benchmarks.Servers;
using JobServer.Contracts.V1;
using JobServer.Data.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Benchmarks.Cancels;

/// <summary>From the commit of a person's cancel to the moment the agent that executes the job has read the Cancel frame.</summary>
internal static class CancelBenchmark
{
    public static async Task<Times> RunAsync(string folder, int warmup, int rounds)
    {
        await using var coordinator = CoordinatorUnderTest.Create(folder, ServerProcess.AnyPort);
        await coordinator.StartAsync();
        var site = await BenchmarkSite.MakeAsync(coordinator.Services);
        using var channel = GrpcChannel.ForAddress(coordinator.Urls.First());
        var gateway = new PortalGateway.PortalGatewayClient(channel);
        var bearer = new Metadata { { "authorization", $"Bearer {CoordinatorUnderTest.InternalToken}" } };
        using var agent = new CancelAgent(channel);
        await agent.ConnectAsync();

        var cancellations = coordinator.Services.GetRequiredService<JobCancellations>();
        var times = new Times(rounds);
        for (var i = 0; i < warmup + rounds; i++)
        {
            var request = await Requests.SubmitAsync(coordinator.Services, site, "go", jobs: 1);
            var change = new RowsChangedRequest { Changes = { new Change { Kind = ChangeKind.JobRequest, Id = request } } };
            await gateway.RowsChangedAsync(change, bearer);
            var attempt = await agent.StartAsync();

            await cancellations.CancelRequestAsync(request, site.UserId, CancellationToken.None);
            var start = Stopwatch.GetTimestamp();
            var notice = gateway.RowsChangedAsync(change, bearer);
            var read = await agent.ReadCancelAsync(attempt);
            if (i >= warmup)
            {
                times.Add(Stopwatch.GetElapsedTime(start, read));
            }

            await notice;
            await agent.StopAsync(attempt);
        }

        return times;
    }
}
