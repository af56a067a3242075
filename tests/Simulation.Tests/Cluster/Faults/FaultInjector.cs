using JobServer.Domain.Agents;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Network;
using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Faults;

/// <summary>Strikes at random while the chaos lasts, then makes everything good again.</summary>
internal sealed class FaultInjector(SimSite site, IReadOnlyList<SimAgent> agents, SimPeople people)
{
    private readonly Simulator _simulator = site.Simulator;
    private readonly List<string> _moded = [];
    private bool _isOver;

    public void Begin()
    {
        site.Network.Delay = site.Swarm.Has(Fault.SlowNetwork) ? (0.001, 1.5) : site.Network.Delay;
        site.Network.Echoes = site.Swarm.Has(Fault.Echoes) ? 0.3 : 0;
        site.Network.CallsLost = site.Swarm.Has(Fault.CallsLost) ? site.Swarm.Errors : 0;
        site.Network.ChunksDamaged = site.Swarm.Has(Fault.DamagedChunks) ? 0.2 : 0;
        site.Weather.CrashAtCommit = site.Swarm.Has(Fault.CrashesAtCommits) ? 0.01 : 0;
        site.Weather.CrashAtWrite = site.Swarm.Has(Fault.CrashesAtWrites) ? 0.02 : 0;
        site.Weather.CrashAnywhere = site.Swarm.Has(Fault.CrashesAnywhere) ? 0.0005 : 0;
        site.Weather.WriteFails = site.Swarm.Has(Fault.DatabaseErrors) ? site.Swarm.Errors : 0;
        site.Weather.IsDatabaseSlow = site.Swarm.Has(Fault.SlowDatabase);
        foreach (var fault in site.Swarm.Faults.Order())
        {
            if (StrikeOf(fault) is { } strike)
            {
                Next(fault, strike);
            }
        }
    }

    /// <summary>Whether a process ends at this step instead of taking it.</summary>
    public bool Strikes(SimProcess process)
    {
        if (!_simulator.Chance(site.Weather.CrashAnywhere))
        {
            return false;
        }

        _simulator.Trace.Add(_simulator.Now, process.Name, "crashes between two steps");
        if (agents.FirstOrDefault(agent => agent.Process == process) is not { } agent)
        {
            site.Network.Coordinators.Find(coordinator => coordinator.Process == process)?.Kill(_simulator.Chance(0.3));
        }
        else if (_simulator.Chance(0.5))
        {
            agent.Kill();
        }
        else
        {
            agent.PowerCut();
        }

        return !process.IsAlive;
    }

    /// <summary>Starts again what is down, as those who run it do.</summary>
    public void Revive()
    {
        foreach (var coordinator in site.Network.Coordinators.Where(coordinator => !coordinator.IsAlive).ToList())
        {
            if (_isOver || _simulator.Chance(site.Swarm.Revival))
            {
                coordinator.Start();
            }
        }

        foreach (var agent in agents.Where(agent => !agent.IsAlive).ToList())
        {
            if (_isOver || _simulator.Chance(site.Swarm.Revival))
            {
                agent.Start();
            }
        }
    }

    public void End()
    {
        _isOver = true;
        site.Weather.Clear();
        site.Network.Delay = (0.0005, 0.005);
        site.Network.CallsLost = site.Network.ChunksDamaged = site.Network.Echoes = 0;
        site.Logs.IsFull = site.Blobs.IsFull = false;
        foreach (var agent in agents)
        {
            agent.Disk.IsFull = false;
        }

        // A line that was cut for ever is found dead by its silence; nobody needs to mend it.
        foreach (var id in _moded)
        {
            people.SetMode(id, AgentMode.Active);
        }

        Revive();
    }

    private void Next(Fault fault, Action strike) => _simulator.After(_simulator.Span(0.3, 2 * site.Swarm.Pace), () =>
    {
        if (_isOver)
        {
            return;
        }

        _simulator.Trace.Add(_simulator.Now, "**", fault.ToString());
        strike();
        Next(fault, strike);
    });

    private Action? StrikeOf(Fault fault) => fault switch
    {
        Fault.Drops => () => OnLine(line => line.Drop()),
        Fault.OneWayCuts => () => OnLine(line => Either(line, long.MaxValue)),
        Fault.Stalls => () => OnLine(line => Either(line, _simulator.Now + _simulator.Span(0.5, 15).Ticks)),
        Fault.AgentKills => () => OnAgent(agent => agent.Kill()),
        Fault.AgentStops => () => OnAgent(agent => agent.Stop()),
        Fault.PowerCuts => () => OnAgent(agent => agent.PowerCut()),
        Fault.Wipes => () => OnAgent(agent => agent.Wipe()),
        Fault.FullDisks => () => OnAgent(agent => Fill(agent.Disk)),
        Fault.FullStores => FillStore,
        Fault.CoordinatorKills => () => OnCoordinator(coordinator => coordinator.Kill(_simulator.Chance(0.3))),
        Fault.CoordinatorStops => () => OnCoordinator(coordinator => coordinator.Stop()),
        Fault.AgentPauses => () => OnAgent(agent => agent.Process.Pause(_simulator.Span(0.5, 25))),
        Fault.CoordinatorPauses => () => OnCoordinator(coordinator => coordinator.Process.Pause(_simulator.Span(0.5, 25))),
        Fault.Cancels => people.CancelSomething,
        Fault.Modes => () => OnAgent(SetMode),
        _ => null,
    };

    private void OnLine(Action<SimLine> strike) => On(site.Network.Live, strike);

    private void OnAgent(Action<SimAgent> strike) => On([.. agents.Where(agent => agent.IsAlive)], strike);

    private void OnCoordinator(Action<SimCoordinator> strike) => On([.. site.Network.Coordinators.Where(one => one.IsAlive && one.IsServing)], strike);

    private void On<T>(IReadOnlyList<T> targets, Action<T> strike)
    {
        if (targets.Count > 0)
        {
            strike(targets[_simulator.Random.Next(targets.Count)]);
        }
    }

    private void Either(SimLine line, long until)
    {
        if (_simulator.Chance(0.5))
        {
            line.UpWay.Stall(until);
        }
        else
        {
            line.DownWay.Stall(until);
        }
    }

    private void Fill(SimDisk disk)
    {
        disk.IsFull = true;
        _simulator.After(_simulator.Span(0.5, 8), () => disk.IsFull = false);
    }

    private void FillStore()
    {
        site.Logs.IsFull = true;
        site.Blobs.IsFull = _simulator.Chance(0.5);
        _simulator.After(_simulator.Span(0.5, 8), () => site.Logs.IsFull = site.Blobs.IsFull = false);
    }

    private void SetMode(SimAgent agent)
    {
        if (agent.Id.Length == 0)
        {
            return;
        }

        _moded.Add(agent.Id);
        people.SetMode(agent.Id, (AgentMode)_simulator.Random.Next(3));
    }
}
