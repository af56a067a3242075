using JobServer.Domain.Backends;
using JobServer.Simulation.Tests.Cluster.Checks;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Faults;
using JobServer.Simulation.Tests.Cluster.Flows;
using JobServer.Simulation.Tests.Cluster.Network;
using JobServer.Simulation.Tests.Cluster.Nodes;
using Microsoft.Data.Sqlite;

namespace JobServer.Simulation.Tests.Cluster;

/// <summary>One seed: a cluster, its troubles, and then peace, in which everything has to end.</summary>
internal sealed class ClusterRun : IDisposable
{
    /// <summary>Of virtual time, once nothing goes wrong any more.</summary>
    private static readonly TimeSpan Peace = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private const string Memory = "/dev/shm";

    private readonly string _folder;
    private readonly RowReader _reader;
    private readonly Simulator _simulator;
    private readonly SimSite _site;
    private readonly List<SimAgent> _agents;
    private readonly SimPeople _people;
    private readonly FaultInjector _injector;
    private readonly SpoolCheck? _spools;
    private Flow? _flow;
    private bool _isPeace;
    private bool _isDone;

    private ClusterRun(int seed, Swarm? swarm, bool trace)
    {
        // In memory where there is such a place: each commit of the database waits for its disk.
        _folder = Directory.CreateDirectory(Path.Combine(
            Directory.Exists(Memory) ? Memory : Path.GetTempPath(), $"jobserver-simulation-{Path.GetRandomFileName()}")).FullName;
        var database = Path.Combine(_folder, "jobserver.db");
        File.WriteAllBytes(database, SeededRows.Once.Database);
        var connectionString = $"Data Source={database}";
        _simulator = new Simulator(seed, new Trace(trace));
        _reader = new RowReader(connectionString);
        var blobs = new SimBlobs();
        var logs = new SimLogStore(_simulator);
        swarm ??= Swarm.Of(_simulator.Random);
        SeededRows.Once.SetLogPolicy(connectionString, swarm.LogPolicy);
        _site = new SimSite
        {
            Simulator = _simulator,
            Swarm = swarm,
            Network = new SimNetwork(_simulator),
            Observer = new Observer(_simulator, _reader, blobs, new I12LogPrefix(logs, swarm.LogPolicy == LogPolicy.SiteOnly, name => _spools?.PrintedBy(name))),
            Blobs = blobs,
            Logs = logs,
            Folder = _folder,
            ConnectionString = connectionString,
            Rows = SeededRows.Once,
        };
        _people = new SimPeople(_site);
        _agents = [.. Enumerable.Range(1, _site.Swarm.Agents).Select(number => new SimAgent(_site, number))];
        _spools = new SpoolCheck(_site, _agents);
        _injector = new FaultInjector(_site, _agents, _people);
        _simulator.Strikes = _injector.Strikes;
        foreach (var agent in _agents)
        {
            Directory.CreateDirectory(agent.StateDirectory);
        }
    }

    /// <summary>Plays a seed to its end or to its first violation.</summary>
    public static SeedResult Play(int seed, Swarm? swarm = null, bool trace = false, Flow? flow = null, CrashPoints? points = null)
    {
        using var run = new ClusterRun(seed, swarm, trace) { _flow = flow };
        run._site.Weather.Points = points;
        run.Play();
        return new SeedResult
        {
            Seed = seed,
            Swarm = run._site.Swarm,
            Violation = run._simulator.Violation,
            Hash = run._simulator.Trace.Hash,
            Trace = run._simulator.Trace.Lines,
            Steps = run._simulator.Steps,
            Commits = run._site.Observer.Commits,
            Starts = run._site.Observer.Starts,
            Happened = run._site.Observer.Happened,
            Ends = [.. run._site.Observer.Rows.Jobs.Values.Select(job => job.Code)],
            Jobs = run._site.Observer.Rows.Jobs.Count,
            Time = TimeSpan.FromTicks(run._simulator.Now),
        };
    }

    public void Dispose()
    {
        _simulator.End();
        _reader.Dispose();
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_site.ConnectionString) { Pooling = true, ForeignKeys = true }.ToString()))
        {
            SqliteConnection.ClearPool(connection);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private bool AllJobsEnded => _people.Submitted == _site.Swarm.Requests && _site.Observer.Rows.Jobs.Values.All(job => job.IsEnded);

    private void Play()
    {
        for (var number = 1; number <= _site.Swarm.Coordinators; number++)
        {
            _site.Network.Coordinators.Add(new SimCoordinator(_site, number));
        }

        _site.Network.Coordinators.ForEach(coordinator => coordinator.Start());
        _agents.ForEach(agent => agent.Start());
        _flow?.Begin(_site, _agents, _people);
        for (var number = 0; _flow is null && number < _site.Swarm.Requests; number++)
        {
            _simulator.After(_simulator.Span(0, _site.Swarm.Chaos.TotalSeconds * 0.8), () => _people.Submit());
        }

        _injector.Begin();
        _simulator.After(Look, Tick);
        _simulator.RunUntil(_site.Swarm.Chaos, () => false);
        if (_simulator.Violation is not null)
        {
            return;
        }

        _isPeace = true;
        _simulator.Trace.Add(_simulator.Now, "**", "peace");
        _injector.End();
        if (!_simulator.RunUntil(_site.Swarm.Chaos + Peace, () => _isDone) && _simulator.Violation is null)
        {
            var open = _site.Observer.Rows.Jobs.Values.Where(job => !job.IsEnded).Select(job => $"{job.Id} ({job.Code}, fence {job.Fence}, agent {job.AgentId ?? "none"})");
            if (AllJobsEnded)
            {
                _simulator.Violate("Every log ends", $"after {Peace.TotalMinutes:0} minutes without faults these are open: {string.Join(", ", _spools!.Open())}");
            }
            else
            {
                _simulator.Violate("Every job ends", $"after {Peace.TotalMinutes:0} minutes without faults these are open: {string.Join(", ", open)}");
            }
        }

        _site.Observer.Ended();
    }

    private void Tick()
    {
        _simulator.After(Look, Tick);
        _injector.Revive();
        var connected = _site.Network.Live.OfType<SimConnection>().Where(line => line.Agent.IsAlive && line.Coordinator.IsAlive).Select(line => line.Agent).ToHashSet();
        _site.Observer.Look(_site.Network, _isPeace ? _agents.Where(agent => connected.Contains(agent.Process)).Select(agent => agent.Id).ToHashSet() : null);
        _flow?.Look(_site, _people);
        _isDone = _isPeace && AllJobsEnded && _flow is not { IsOver: false } && !_spools!.Open().Any();
    }
}
