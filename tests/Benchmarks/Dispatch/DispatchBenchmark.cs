using System.Diagnostics;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using JobServer.Contracts.V1;
using JobServer.Data.Jobs;
using JobServer.Domain.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Benchmarks.Dispatch;

/// <summary>From the commit of a submit to the moment an idle, connected agent has read the Assign frame: real host, SQLite FULL, HTTP/2.</summary>
internal static class DispatchBenchmark
{
    private const string ProjectYaml = "version: '3.0'\nactions:\n  go:\n    run: sh:latest go\n    outputs:\n      highly_sensitive:\n        out: out.csv\n";

    public static async Task<Times> RunAsync(string folder, int warmup, int rounds)
    {
        await using var coordinator = await BenchmarkCoordinator.StartAsync(folder);
        var site = await BenchmarkSite.MakeAsync(coordinator.Services);
        using var channel = GrpcChannel.ForAddress(coordinator.Urls.First());
        var gateway = new PortalGateway.PortalGatewayClient(channel);
        var bearer = new Metadata { { "authorization", $"Bearer {BenchmarkCoordinator.InternalToken}" } };
        using var agent = new BenchmarkAgent(channel, BenchmarkSite.Token);
        await agent.ConnectAsync();

        var submissions = coordinator.Services.GetRequiredService<JobSubmissions>();
        var pipeline = PipelineReader.Read(Encoding.UTF8.GetBytes(ProjectYaml), PipelineDialect.Medicia).Pipeline!;
        var times = new Times(rounds);
        for (var i = 0; i < warmup + rounds; i++)
        {
            var outcome = (SubmitOutcome.Submitted)await submissions.SubmitAsync(site.Submit(pipeline, ProjectYaml), CancellationToken.None);
            var start = Stopwatch.GetTimestamp();
            var notice = gateway.RowsChangedAsync(
                new RowsChangedRequest { Changes = { new Change { Kind = ChangeKind.JobRequest, Id = outcome.RequestId } } }, bearer);
            var attempt = await agent.ReadAssignAsync();
            if (i >= warmup)
            {
                times.Add(Stopwatch.GetElapsedTime(start));
            }

            await notice;
            await agent.FinishAsync(attempt);
        }

        return times;
    }
}
