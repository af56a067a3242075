using System.Globalization;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Faults;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>A machine at a site: its sandboxes outlive the agent's process, but not the power.</summary>
internal sealed class SimMachine(Simulator simulator, Swarm swarm)
{
    private const int Killed = 137;

    private readonly Dictionary<string, SimJob> _jobs = new(StringComparer.Ordinal);

    /// <summary>The logs of what ran here since its disk was new.</summary>
    public IEnumerable<((string JobId, long Fence) Name, SimSpool Spool)> Spools =>
        _jobs.Where(pair => pair.Value.Spool is not null).Select(pair => (NameOf(pair.Key), pair.Value.Spool!));

    public void Start(AttemptDirectory directory)
    {
        var name = Path.GetFileName(directory.Root);
        var begins = simulator.Now + simulator.Span(0.005, 0.3).Ticks;
        _jobs[name] = new SimJob
        {
            Spool = swarm.Spool(simulator, directory),
            BeginsAt = begins,
            EndsAt = begins + swarm.JobTime(simulator).Ticks,
            Code = simulator.Chance(swarm.JobsFail) ? 1 : 0,
            IsPolite = simulator.Chance(0.7),
        };
    }

    public SandboxProbe Probe(string name)
    {
        if (!_jobs.TryGetValue(name, out var job))
        {
            return new SandboxProbe(ProcessState.NotStarted);
        }

        Print(name, job);
        if ((!job.IsGivenUp && !job.IsLost && job.BeginsAt > simulator.Now))
        {
            return new SandboxProbe(ProcessState.NotStarted);
        }

        if (job.IsGivenUp || (job.IsLost && job.EndsAt > simulator.Now))
        {
            return new SandboxProbe(ProcessState.Lost);
        }

        return job.EndsAt <= simulator.Now
            ? new SandboxProbe(ProcessState.Ended, new SandboxExit { Code = job.Code, StartedUnixMs = UnixMs(job.BeginsAt), EndedUnixMs = UnixMs(job.EndsAt) })
            : new SandboxProbe(ProcessState.Alive, StartedAt: SimTime.Start + TimeSpan.FromTicks(job.BeginsAt));
    }

    public bool GiveUp(string name)
    {
        if (!_jobs.TryGetValue(name, out var job))
        {
            _jobs[name] = new SimJob { Spool = null, BeginsAt = long.MaxValue, EndsAt = long.MaxValue, Code = 0, IsPolite = true, IsGivenUp = true };
            return true;
        }

        if (job.BeginsAt <= simulator.Now && !job.IsLost)
        {
            return job.IsGivenUp;
        }

        job.IsGivenUp = true;
        return true;
    }

    public bool Stop(string name, bool force)
    {
        if (Probe(name).State != ProcessState.Alive)
        {
            return false;
        }

        var job = _jobs[name];
        if (force || job.IsPolite)
        {
            job.EndsAt = Math.Min(job.EndsAt, simulator.Now + simulator.Span(0.01, 0.5).Ticks);
            job.Code = Killed;
        }

        return true;
    }

    public void PowerCut()
    {
        foreach (var (name, job) in _jobs.ToList())
        {
            Print(name, job);
            job.Spool?.PowerCut(simulator, job.HasEnded);
            if (job.BeginsAt > simulator.Now)
            {
                // It never left a trace.
                _jobs.Remove(name);
            }
            else if (job.EndsAt > simulator.Now)
            {
                job.IsLost = true;
                job.EndsAt = long.MaxValue;
            }
        }
    }

    public void Wipe() => _jobs.Clear();

    /// <summary>Brings its log to where it is by now: nobody looks at it before somebody looks at the job.</summary>
    private void Print(string name, SimJob job)
    {
        if (job.Spool is null || job.IsGivenUp || job.IsLost || job.HasEnded)
        {
            return;
        }

        job.Spool.Grow(Math.Min(simulator.Now, job.EndsAt) - job.BeginsAt, NameOf(name));
        if (job.EndsAt <= simulator.Now)
        {
            job.Spool.End();
            job.HasEnded = true;
        }
    }

    private static (string JobId, long Fence) NameOf(string name)
    {
        var dash = name.LastIndexOf('-');
        return (name[..dash], long.Parse(name[(dash + 1)..], CultureInfo.InvariantCulture));
    }

    private static long UnixMs(long ticks) => (SimTime.Start + TimeSpan.FromTicks(ticks)).ToUnixTimeMilliseconds();
}
