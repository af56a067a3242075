using System.Text;
using JobServer.Benchmarks.Dispatch;
using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Domain.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Benchmarks.Servers;

/// <summary>Requests of as many independent jobs as a benchmark needs.</summary>
internal static class Requests
{
    /// <param name="services">Of a Coordinator that has started.</param>
    /// <param name="site">Whose request it is.</param>
    /// <param name="prefix">Of the names of the actions; a workspace makes no second job of an action that is open.</param>
    /// <param name="jobs">How many.</param>
    /// <param name="source">What their agents may fetch; nothing that exists when null.</param>
    /// <returns>The request's number.</returns>
    public static async Task<int> SubmitAsync(IServiceProvider services, BenchmarkSite site, string prefix, int jobs, StoredBlob? source = null)
    {
        var definition = new StringBuilder("version: '3.0'\nactions:\n");
        for (var i = 0; i < jobs; i++)
        {
            definition.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {prefix}{i}:\n    run: sh:latest {prefix}{i}\n    outputs:\n      highly_sensitive:\n        out: {prefix}{i}.csv\n");
        }

        var text = definition.ToString();
        var reading = PipelineReader.Read(Encoding.UTF8.GetBytes(text), PipelineDialect.Medicia);
        var pipeline = reading.Pipeline ?? throw new InvalidOperationException($"The study cannot be read: {reading.Problems[0]}");
        var command = site.Submit(pipeline, text) with { RequestedActions = [Pipeline.RunAll] };
        var outcome = await services.GetRequiredService<JobSubmissions>()
            .SubmitAsync(source is null ? command : command with { Source = source }, CancellationToken.None);
        return ((SubmitOutcome.Submitted)outcome).RequestId;
    }
}
