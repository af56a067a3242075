using JobServer.Chaos.Tests.Links;
using JobServer.Chaos.Tests.Processes;
using JobServer.RunnerAgent.Execution;

namespace JobServer.Chaos.Tests;

/// <summary>Breaks one thing at a time, each with its own time to heal; several may be broken at once.</summary>
internal sealed class FaultMaker(ChaosSite site, ChaosReport report, Random random)
{
    /// <summary>To kill what has not come up again proves little, on a busy machine above all.</summary>
    private static readonly TimeSpan TimeToComeUp = TimeSpan.FromSeconds(30);

    private readonly List<Task> _healing = [];

    public async Task RunAsync(int kills, Action whileRunning)
    {
        for (var number = 1; number <= kills; number++)
        {
            await Task.Delay(random.Next(500, 2500));
            whileRunning();
            report.Say($"{number}: {Break()}");
        }

        await Task.WhenAll(_healing);
    }

    // A fault that finds no target breaks a link instead, so that the number of faults is what was asked for.
    private string Break() => random.Next(10) switch
    {
        0 or 1 => KillProcess(site.Coordinator) ?? BreakLink(),
        2 or 3 or 4 => KillProcess(AnyAgent()) ?? BreakLink(),
        5 => FreezeProcess(site.Coordinator) ?? BreakLink(),
        6 => FreezeProcess(AnyAgent()) ?? BreakLink(),
        7 => KillSandbox() ?? BreakLink(),
        _ => BreakLink(),
    };

    private ProgramProcess AnyAgent() => site.Agents[random.Next(site.Agents.Count)];

    private string? KillProcess(ProgramProcess process)
    {
        if (!process.IsFree)
        {
            return null;
        }

        var wait = Milliseconds(100, 2500, rarely: 7000);
        process.IsFree = false;
        process.Kill();
        _healing.Add(RestartAsync(process, wait));
        return $"kill -9 {process.Name}, back after {wait.TotalSeconds:0.0} s";
    }

    private string? FreezeProcess(ProgramProcess process)
    {
        if (!process.IsFree)
        {
            return null;
        }

        // Longer than the silence and the lease now and then.
        var wait = Milliseconds(200, 1800, rarely: 7000);
        process.IsFree = false;
        process.Freeze();
        Later(wait, () =>
        {
            process.Thaw();
            process.IsFree = true;
        });
        return $"SIGSTOP {process.Name}, SIGCONT after {wait.TotalSeconds:0.0} s";
    }

    // The supervisor's number is checked with its start time, so no other process can be meant.
    private string? KillSandbox()
    {
        var attempts = site.Agents
            .Select(agent => Path.Join(site.StateOf(agent), "attempts"))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Order(StringComparer.Ordinal)
            .ToList();
        foreach (var attempt in attempts)
        {
            if (SupervisorFiles.LivingSupervisor(new AttemptDirectory(attempt)) is { } supervisor && Posix.Signal(supervisor, Posix.Kill))
            {
                return $"kill -9 the supervisor of {Path.GetFileName(attempt)}";
            }
        }

        return null;
    }

    private string BreakLink()
    {
        var number = random.Next(site.Links.Count);
        var link = site.Links[number];
        var fault = LinkFault.Any(random);
        var wait = Milliseconds(300, 3000, rarely: 8000);
        link.Break(fault);
        Later(wait, () =>
        {
            if (ReferenceEquals(link.Fault, fault))
            {
                link.Heal();
            }
        });
        return $"link of {site.Agents[number].Name}: {fault} for {wait.TotalSeconds:0.0} s";
    }

    private TimeSpan Milliseconds(int from, int to, int rarely) =>
        TimeSpan.FromMilliseconds(random.Next(5) == 0 ? random.Next(to, rarely) : random.Next(from, to));

    private void Later(TimeSpan wait, Action heal) => _healing.Add(LaterAsync(wait, heal));

    private static async Task RestartAsync(ProgramProcess process, TimeSpan wait)
    {
        await Task.Delay(wait);
        var before = process.LogLength;
        process.Start();
        using var deadline = new CancellationTokenSource(TimeToComeUp);
        while (process.LogLength == before && !deadline.IsCancellationRequested)
        {
            await Task.Delay(100, CancellationToken.None);
        }

        process.IsFree = true;
    }

    private static async Task LaterAsync(TimeSpan wait, Action heal)
    {
        await Task.Delay(wait);
        heal();
    }
}
