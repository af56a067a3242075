using System.Reflection;
using Grpc.Core;
using JobServer.Coordinator;
using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Dispatch;
using JobServer.Coordinator.Gateway;
using JobServer.Coordinator.Leases;
using JobServer.Coordinator.Logs;
using JobServer.Coordinator.Reports;
using JobServer.Coordinator.Transfers;
using JobServer.Data.Blobs;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>A Coordinator as its host composes it, without Kestrel: killed and started again at will.</summary>
#pragma warning disable CA1001 // A process that was killed disposes of nothing.
internal sealed class SimCoordinator(SimSite site, int number)
#pragma warning restore CA1001
{
    private static readonly MethodInfo ExecuteAsync = typeof(BackgroundService).GetMethod("ExecuteAsync", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private ServiceProvider _services = null!;
    private SimLifetime _lifetime = null!;
    private CancellationTokenSource _stopping = null!;
    private int _starts;

    public SimProcess Process { get; private set; } = null!;

    /// <summary>Whether it takes connections.</summary>
    public bool IsServing { get; private set; }

    public bool IsAlive => Process is { IsAlive: true };

    public void Start()
    {
        Process = site.Simulator.Process($"C{number}", site.Swarm.Rate(site.Simulator), site.Swarm.Skew(site.Simulator));
        site.Simulator.Trace.Add(site.Simulator.Now, Process.Name, "starts");
        _starts++;
        _lifetime = new SimLifetime();
        _stopping = new CancellationTokenSource();
        _services = Services();
        site.Simulator.Start(Process, RunAsync);
    }

    /// <param name="silently">Its machine goes too: nobody is told.</param>
    public void Kill(bool silently)
    {
        IsServing = false;
        Process.Kill();
        if (silently)
        {
            site.Logs.PowerCut(Process);
        }

        site.Network.Died(Process, silently);
    }

    /// <summary>As a host does it: streams are told, background work ends, then it is gone.</summary>
    public void Stop()
    {
        site.Simulator.Trace.Add(site.Simulator.Now, Process.Name, "is told to stop");
        var process = Process;
        IsServing = false;
        site.Simulator.Post(process, _ => _lifetime.StopApplication(), null);
        site.Simulator.After(TimeSpan.FromSeconds(3), () => site.Simulator.Post(process, _ => _stopping.Cancel(), null));
        site.Simulator.After(TimeSpan.FromSeconds(5), () =>
        {
            if (process.IsAlive)
            {
                Kill(silently: false);
            }
        });
    }

    public TransfersService Transfers() => ActivatorUtilities.CreateInstance<TransfersService>(_services);

    /// <summary>What a Portal's call does; without it a poll finds the same.</summary>
    public void RowsChanged()
    {
        _services.GetRequiredService<DispatchSignal>().Raise();
        _services.GetRequiredService<DesiredSignal>().Raise();
    }

    public async Task ServeAsync(SimConnection connection, SimAgent agent)
    {
        var link = new AgentLink
        {
            BackendId = site.BackendId,
            TokenHash = Digests.OfText(site.Token),
            ReadAsync = connection.Up.ReadAsync,
            WriteAsync = (frame, token) =>
            {
                var copy = frame.Clone();
                site.Observer.CoordinatorSays(Process, agent, copy);
                return connection.Down.SendAsync(copy, token);
            },
        };
        var isClean = false;
        try
        {
            await _services.GetRequiredService<AgentSessionRunner>().RunAsync(link, connection.Call.Token);
            isClean = true;
        }
        catch (Exception exception) when (exception is not ProcessCrashedException)
        {
            // The gRPC layer ends the call with an error, and so the stream.
            site.Simulator.Trace.Note(site.Simulator.Now, Process.Name, $"call ended: {exception.Message}");
        }

        connection.LeaveAtCoordinator(isClean);
    }

    public async Task ServeLogAsync(SimLogLine line)
    {
        var isClean = false;
        try
        {
            await Transfers().AppendLog(
                new SimLogReader(line), new SimLogWriter(line, Process, site.Observer), new SimCallContext(site.BackendId, line.Call.Token));
            isClean = true;
        }
        catch (Exception exception) when (exception is not ProcessCrashedException)
        {
            site.Simulator.Trace.Note(site.Simulator.Now, Process.Name, $"log stream ended: {exception.Message}");
        }

        line.LeaveAtCoordinator(isClean);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            try
            {
                await _services.GetRequiredService<ClusterRecord>().StartAsync(_stopping.Token);
                break;
            }
            catch (TimeoutException)
            {
                // Whoever starts it starts it again.
                await Process.DelayAsync(TimeSpan.FromSeconds(1));
                _services = Services();
            }
        }

        var loops = _services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        IsServing = true;
        await Task.WhenAll(loops.Select(loop => (Task)ExecuteAsync.Invoke(loop, [_stopping.Token])!));
    }

    private ServiceProvider Services()
    {
        var process = Process;
        var services = site.DataServices(process, _starts, () => Kill(site.Weather.Points?.WithPower ?? site.Simulator.Chance(0.3)));
        services.AddSingleton<IHostApplicationLifetime>(_lifetime);
        services.AddOptions<CoordinatorOptions>().Configure(options => site.Swarm.Apply(options));
        services.AddAgents();
        services.AddReports();
        services.AddDispatch();
        services.AddLeases();
        services.AddTransfers();
        services.AddLogs();
        services.AddGateway();
        return services.BuildServiceProvider();
    }
}
