using System.Diagnostics;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Benchmarks.Reports;

/// <summary>Durable acknowledgements of reports: over the network from twenty agents, and by the class that commits them alone.</summary>
internal static class StatusBenchmark
{
    private const int Agents = 20;
    private const int JobsEach = 20;
    private const int Warmup = 10;
    private const int ReportsEach = 40;
    private const int BatchSize = 128;

    public static async Task RunAsync()
    {
        using var folder = new BenchmarkFolder();
        double network;
        double alone;
        await using (var crowd = await Crowd.GatherAsync(folder.Path, Agents, JobsEach))
        {
            await crowd.SubmitAsync("a", Agents * JobsEach);
            var attempts = await Task.WhenAll(crowd.Agents.Select(agent => agent.TakeAsync(JobsEach)));
            await Task.WhenAll(crowd.Agents.Zip(attempts, (agent, own) => agent.ReportAsync(own, 1, Warmup)));
            var start = Stopwatch.GetTimestamp();
            await Task.WhenAll(crowd.Agents.Zip(attempts, (agent, own) => agent.ReportAsync(own, Warmup + 1, ReportsEach)));
            network = Agents * JobsEach * ReportsEach / Stopwatch.GetElapsedTime(start).TotalSeconds;

            var reports = crowd.Services.GetRequiredService<JobReports>();
            var jobs = attempts.SelectMany((own, agent) => own.Select(attempt => (attempt, $"benchmark-agent-{agent:D3}"))).ToList();
            await ApplyAsync(reports, jobs, Warmup + ReportsEach + 1, Warmup);
            start = Stopwatch.GetTimestamp();
            await ApplyAsync(reports, jobs, (2 * Warmup) + ReportsEach + 1, ReportsEach);
            alone = jobs.Count * ReportsEach / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        var bare = GroupCommitYardstick.Run(BenchmarkCoordinator.DatabaseIn(folder.Path), BatchSize, warmup: 50, batches: 200);
        Console.WriteLine($"{$"reports, each committed before it is acknowledged",-74}{"per second",12}{"of bare",10}");
        Console.WriteLine($"{$"bare ADO.NET, prepared statements, a commit for each {BatchSize}",-74}{bare,12:0}{1,10:P0}");
        Console.WriteLine($"{$"JobReports.ApplyAsync alone, batches of {BatchSize}",-74}{alone,12:0}{alone / bare,10:P0}");
        Console.WriteLine($"{$"{Agents} agents over gRPC, acknowledgement read by the agent",-74}{network,12:0}{network / bare,10:P0}");
    }

    private static async Task ApplyAsync(JobReports reports, List<(Contracts.V1.Attempt Attempt, string Agent)> jobs, long firstSequence, int each)
    {
        var all = Enumerable.Range(0, each).SelectMany(number => jobs.Select(job => new JobReport
        {
            AgentId = job.Agent,
            SessionEpoch = 1,
            JobId = job.Attempt.JobId,
            Fence = job.Attempt.Fence,
            Sequence = firstSequence + number,
            Trigger = JobTrigger.ReportExecuting,
            At = TimeProvider.System.GetUtcNow(),
        }));
        foreach (var batch in all.Chunk(BatchSize))
        {
            var result = await reports.ApplyAsync(batch, CancellationToken.None);
            if (result.Outcomes.Any(outcome => outcome is not ReportOutcome.Applied))
            {
                throw new InvalidOperationException("A report of the benchmark was not applied.");
            }
        }
    }
}
