using System.Reflection;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Logs;
using JobServer.RunnerAgent.Transfers;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Network;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>An agent as its host composes it, on a machine whose disk and sandboxes outlive it.</summary>
#pragma warning disable CA1001 // A process that was killed disposes of nothing.
internal sealed class SimAgent(SimSite site, int number)
#pragma warning restore CA1001
{
    private static readonly MethodInfo ExecuteAsync = typeof(BackgroundService).GetMethod("ExecuteAsync", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private const int MostRemembered = 50;

    private readonly SimMachine _machine = new(site.Simulator, site.Swarm);
    private CancellationTokenSource _stopping = null!;
    private AgentJournal? _journal;

    public SimDisk Disk { get; } = new();

    /// <summary>All that it ever reported.</summary>
    public List<AgentFrame> Reports { get; } = [];

    /// <summary>Some of what it sent of logs, of old attempts too.</summary>
    public List<LogFrame> LogFrames { get; } = [];

    public SimMachine Machine => _machine;

    public SimProcess Process { get; private set; } = null!;

    public bool IsAlive => Process is { IsAlive: true };

    public string Name => $"A{number}";

    public string StateDirectory => Path.Combine(site.Folder, Name);

    /// <summary>As its journal has it; empty before its first start.</summary>
    public string Id => _journal?.AgentId ?? "";

    public void Remember(LogFrame frame)
    {
        if (LogFrames.Count < MostRemembered)
        {
            LogFrames.Add(frame);
        }
        else
        {
            LogFrames[site.Simulator.Random.Next(MostRemembered)] = frame;
        }
    }

    public void Start()
    {
        Process = site.Simulator.Process(Name, site.Swarm.Rate(site.Simulator), site.Swarm.Skew(site.Simulator));
        site.Simulator.Trace.Add(site.Simulator.Now, Name, "starts");
        _stopping = new CancellationTokenSource();
        site.Simulator.Start(Process, RunAsync);
    }

    public void Kill()
    {
        Process.Kill();
        site.Network.Died(Process, silently: false);
    }

    /// <summary>The machine goes down with all that runs on it.</summary>
    public void PowerCut()
    {
        Process.Kill();
        site.Network.Died(Process, silently: true);
        _machine.PowerCut();
        Disk.PowerCut(site.Simulator.Random);
    }

    /// <summary>The machine is made anew: nothing of before is left.</summary>
    public void Wipe()
    {
        PowerCut();
        _machine.Wipe();
        Disk.Wipe();
        Directory.Delete(StateDirectory, recursive: true);
        Directory.CreateDirectory(StateDirectory);
    }

    /// <summary>It says goodbye and lets go of its jobs, which run on.</summary>
    public void Stop()
    {
        var process = Process;
        site.Simulator.Post(process, _ => _stopping.Cancel(), null);
        site.Simulator.After(TimeSpan.FromSeconds(5), () =>
        {
            if (process.IsAlive)
            {
                Kill();
            }
        });
    }

    private async Task RunAsync()
    {
        var services = Services();
        _journal = services.GetRequiredService<AgentJournal>();
        var loops = services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await Task.WhenAll(loops.Select(loop => (Task)ExecuteAsync.Invoke(loop, [_stopping.Token])!));
    }

    private ServiceProvider Services()
    {
        var process = Process;
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(SimLogs.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton<TimeProvider>(process.Time);
        services.AddSingleton<IAgentRandom>(new SeededAgentRandom(site.Simulator.Random.Next()));
        services.AddSingleton<ISandbox>(new SimSandbox(_machine, process, this, site.Observer));
        services.AddRunnerAgent(Configuration());
        services.AddSingleton(provider => new AgentJournal(
            Disk.Open(process, MayCrash), provider.GetRequiredService<IAgentRandom>(), process.Time, compactAbove: site.Swarm.CompactAbove));
        services.AddSingleton<ISessionLinks>(new SimLinks(site.Network, this, process, site.Observer));
        services.AddSingleton<ILogLinks>(new SimLogLinks(site.Network, this, process, site.Observer));
        services.AddSingleton<ITransfers>(provider => new SimTransfers(
            site.Network, process, provider.GetRequiredService<LiveSession>(), provider.GetRequiredService<AgentJournal>(), site.BackendId));
        services.AddSingleton(process);
        services.AddSingleton<IAttemptFiles, SimFiles>();
        return services.BuildServiceProvider();
    }

    private void MayCrash()
    {
        var isPlanned = site.Weather.Points?.IsHere() == true;
        if (!isPlanned && !site.Simulator.Chance(site.Weather.CrashAtWrite))
        {
            return;
        }

        site.Simulator.Trace.Add(site.Simulator.Now, Name, "crashes at a write");
        if (isPlanned ? !site.Weather.Points!.WithPower : site.Simulator.Chance(0.5))
        {
            Kill();
        }
        else
        {
            PowerCut();
        }

        throw new ProcessCrashedException(Name);
    }

    private IConfiguration Configuration() => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Agent:CoordinatorAddress"] = "http://127.0.0.1:1",
        ["Agent:Token"] = site.Token,
        ["Agent:Backend"] = "backend",
        ["Agent:StateDirectory"] = StateDirectory,
        ["Agent:StandardSlots"] = $"{site.Swarm.StandardSlots}",
        ["Agent:DatabaseSlots"] = $"{site.Swarm.DatabaseSlots}",
        ["Agent:DisplayName"] = Name,
        ["Agent:Images:python:Entrypoint:0"] = "/bin/sh",
        ["Agent:Images:databuilder:Entrypoint:0"] = "/bin/sh",
        ["Agent:Limits:DiskFloor"] = "0",
        ["Agent:RetryWait"] = "00:00:01",
        ["Agent:Limits:StopGrace"] = "00:00:05",
    }).Build();
}
