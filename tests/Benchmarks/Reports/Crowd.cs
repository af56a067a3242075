using System.Text;
using Grpc.Net.Client;
using JobServer.Benchmarks.Dispatch;
using JobServer.Data.Jobs;
using JobServer.Domain.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Benchmarks.Reports;

/// <summary>A Coordinator, agents with a connection each, and jobs to work on.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly WebApplication _coordinator;
    private readonly List<GrpcChannel> _channels = [];
    private readonly BenchmarkSite _site;

    private Crowd(WebApplication coordinator, BenchmarkSite site)
    {
        _coordinator = coordinator;
        _site = site;
    }

    public List<CrowdAgent> Agents { get; } = [];

    public IServiceProvider Services => _coordinator.Services;

    public static async Task<Crowd> GatherAsync(string folder, int agents, int slots)
    {
        var coordinator = await BenchmarkCoordinator.StartAsync(folder);
        var crowd = new Crowd(coordinator, await BenchmarkSite.MakeAsync(coordinator.Services));
        for (var number = 0; number < agents; number++)
        {
            var channel = GrpcChannel.ForAddress(coordinator.Urls.First());
            crowd._channels.Add(channel);
            var agent = new CrowdAgent(channel, $"benchmark-agent-{number:D3}", slots);
            crowd.Agents.Add(agent);
            await agent.ConnectAsync();
        }

        return crowd;
    }

    /// <summary>Submits one request of so many jobs, none of which needs another.</summary>
    public async Task SubmitAsync(string prefix, int jobs)
    {
        var yaml = new StringBuilder("version: '3.0'\nactions:\n");
        for (var number = 0; number < jobs; number++)
        {
            yaml.Append($"  {prefix}{number}:\n    run: sh:latest go {prefix}{number}\n    outputs:\n      highly_sensitive:\n        out: {prefix}{number}.csv\n");
        }

        var definition = yaml.ToString();
        var pipeline = PipelineReader.Read(Encoding.UTF8.GetBytes(definition), PipelineDialect.Medicia).Pipeline!;
        var submissions = Services.GetRequiredService<JobSubmissions>();
        if (await submissions.SubmitAsync(_site.Submit(pipeline, definition, "run_all"), CancellationToken.None) is not SubmitOutcome.Submitted)
        {
            throw new InvalidOperationException("The jobs of the benchmark were not accepted.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Agents.ForEach(agent => agent.Dispose());
        _channels.ForEach(channel => channel.Dispose());
        await _coordinator.DisposeAsync();
    }
}
