using JobServer.Chaos.Tests.History;
using JobServer.Chaos.Tests.Load;
using JobServer.Chaos.Tests.Processes;
using JobServer.Data;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Chaos.Tests;

/// <summary>Load and faults together, then quiet, then the checks.</summary>
internal sealed class ChaosRun(ChaosOptions options, ChaosReport report)
{
    /// <summary>After the faults: reconnects back off to half a minute, and the machine may be busy.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan TimeToCleanUp = TimeSpan.FromSeconds(60);

    private readonly List<Violation> _died = [];
    private readonly string _mark = Path.GetFileName(options.Folder);

    public async Task<IReadOnlyList<Violation>> RunAsync()
    {
        Directory.CreateDirectory(options.Folder);
        await using var site = new ChaosSite(options.Folder);
        await using var services = TestServices.Build(options.Folder, site.Database, TimeProvider.System, options.Seed);
        var contexts = services.GetRequiredService<IDbContextFactory<JobServerDb>>();
        var rows = new LoadRows(services);
        await rows.MakeAsync(CancellationToken.None);
        site.Start();

        var load = new LoadGenerator(services, rows, report, new Random(options.Seed + 1), _mark);
        var watch = new EndedWatch(contexts);
        using var submitting = new CancellationTokenSource();
        using var watching = new CancellationTokenSource();
        var submits = load.RunAsync(submitting.Token);
        var looks = watch.RunAsync(watching.Token);

        await UntilAsync(() => Task.FromResult(File.Exists(site.Starts)), TimeToEnd, "the first job starts");
        await new FaultMaker(site, report, new Random(options.Seed)).RunAsync(options.Kills, () => Revive(site));
        if (options.Kills == 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(5));
        }

        await submitting.CancelAsync();
        await submits;
        site.Links.ForEach(link => link.Heal());
        report.Say($"all healed; {load.Requests} requests, {load.Cancels} cancelled, {await load.OpenJobsAsync()} jobs open");

        await UntilAsync(async () => !Revive(site) && await load.OpenJobsAsync() == 0, TimeToEnd, "every job ends");
        await UntilAsync(() => Task.FromResult(!site.Agents.SelectMany(agent => FileChecks.AttemptDirectories(site, agent)).Any()), TimeToCleanUp, "attempts are cleaned up");
        await watching.CancelAsync();
        await looks;
        site.Kill();
        return await JudgeAsync(site, contexts, watch);
    }

    /// <summary>A program that ends although nobody killed it is a finding, and started again so that the run can go on.</summary>
    private bool Revive(ChaosSite site)
    {
        var any = false;
        foreach (var process in site.Processes)
        {
            if (process.EndedByItself is { } status)
            {
                any = true;
                report.Say($"{process.Name} ended by itself with status {status}");
                _died.Add(new Violation("NoProgramEndsByItself", $"{process.Name} ended with status {status}."));
                process.Start();
            }
        }

        return any;
    }

    private async Task<IReadOnlyList<Violation>> JudgeAsync(ChaosSite site, IDbContextFactory<JobServerDb> contexts, EndedWatch watch)
    {
        var history = await RunHistory.ReadAsync(site, contexts, watch);
        List<Violation> violations =
        [
            .. _died,
            .. RowChecks.All(history),
            .. AgentChecks.All(history),
            .. FileChecks.All(history, site, _mark),
            .. LogChecks.NoErrorIsLogged(site.Folder),
        ];
        report.Say(
            $"{history.Jobs.Count} jobs, {history.Starts.Count} starts, {history.Events.Count} events, {history.Outputs.Count} outputs, "
            + $"{string.Join(", ", history.Jobs.CountBy(job => job.StatusCode).OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}"))}");
        foreach (var violation in violations)
        {
            report.Add($"VIOLATION {violation.Check}{(violation.JobId is { } id ? $", job {id}" : "")}: {violation.Text}");
        }

        foreach (var id in violations.Select(violation => violation.JobId).OfType<string>().Distinct(StringComparer.Ordinal).Take(5))
        {
            report.Add($"history of job {id}:");
            foreach (var row in history.Events.Where(row => row.JobId == id))
            {
                report.Add($"  {row.At:HH:mm:ss.fff} {row.Kind} fence {row.Fence} sequence {row.Sequence} {row.StatusCode} {row.AgentId} {row.Message}");
            }
        }

        return violations;
    }

    /// <summary>A wait that ends either way: what did not happen is for the checks to say.</summary>
    private async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, string what)
    {
        using var deadline = new CancellationTokenSource(limit);
        while (!await condition())
        {
            if (deadline.IsCancellationRequested)
            {
                report.Say($"gave up waiting until {what}");
                return;
            }

            await Task.Delay(100, CancellationToken.None);
        }

        report.Say(what);
    }
}
