using System.Diagnostics;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using JobServer.Contracts.V1;
using JobServer.Coordinator;
using JobServer.Data.Jobs;
using JobServer.Domain.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobServer.Benchmarks.Dispatch;

/// <summary>From the commit of a submit to the moment an idle, connected agent has read the Assign frame: real host, SQLite FULL, HTTP/2.</summary>
internal static class DispatchBenchmark
{
    private const string InternalToken = "a token between hosts that only benchmarks use";
    private const string ProjectYaml = "version: '3.0'\nactions:\n  go:\n    run: sh:latest go\n    outputs:\n      highly_sensitive:\n        out: out.csv\n";

    public static async Task<Times> RunAsync(string folder, int warmup, int rounds)
    {
        await using var coordinator = CoordinatorHost.Create([], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Database:ConnectionString"] = $"Data Source={Path.Combine(folder, "jobserver.db")}",
                ["Blobs:Directory"] = Path.Combine(folder, "blobs"),
                ["Mail:Folder"] = Path.Combine(folder, "mail"),
                ["Audit:Key"] = "a key that only benchmarks use",
                ["Coordinator:Listen"] = "http://127.0.0.1:0",
                ["Coordinator:InternalToken"] = InternalToken,
            });
        });
        await coordinator.StartAsync();
        var site = await BenchmarkSite.MakeAsync(coordinator.Services);
        using var channel = GrpcChannel.ForAddress(coordinator.Urls.First());
        var gateway = new PortalGateway.PortalGatewayClient(channel);
        var bearer = new Metadata { { "authorization", $"Bearer {InternalToken}" } };
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
