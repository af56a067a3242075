using JobServer.Coordinator;
using JobServer.Domain.Backends;
using JobServer.RunnerAgent.Execution;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Faults;

/// <summary>What kind of cluster a seed makes, and what it has to bear: a random part of all faults, so that they hide each other less.</summary>
internal sealed class Swarm
{
    private Swarm()
    {
    }

    public required IReadOnlySet<Fault> Faults { get; init; }

    public required int Coordinators { get; init; }

    public required int Agents { get; init; }

    public required int Requests { get; init; }

    /// <summary>How long faults last before everything has to end.</summary>
    public required TimeSpan Chaos { get; init; }

    /// <summary>Between two strokes of one kind of fault, in seconds.</summary>
    public required double Pace { get; init; }

    /// <summary>How likely what is down is started again within a second.</summary>
    public required double Revival { get; init; }

    /// <summary>How likely a write to the database fails, and how likely a call to the Coordinator.</summary>
    public required double Errors { get; init; }

    public required int StandardSlots { get; init; }

    public required int DatabaseSlots { get; init; }

    /// <summary>In seconds.</summary>
    public double ShortestJob { get; init; } = 0.05;

    public required double LongestJob { get; init; }

    public required double JobsFail { get; init; }

    /// <summary>In bytes: small, so that journals are compacted within a run.</summary>
    public required long CompactAbove { get; init; }

    public required LogPolicy LogPolicy { get; init; }

    /// <summary>In bytes a second: how much jobs print at most.</summary>
    public required double Printing { get; init; }

    /// <summary>One of each, and nothing goes wrong.</summary>
    public static Swarm Calm { get; } = new()
    {
        Faults = new HashSet<Fault>(),
        Coordinators = 1,
        Agents = 1,
        Requests = 1,
        Chaos = TimeSpan.FromSeconds(20),
        Pace = 10,
        Revival = 1,
        Errors = 0,
        StandardSlots = 2,
        DatabaseSlots = 1,
        LongestJob = 5,
        JobsFail = 0,
        CompactAbove = 4 * 1024 * 1024,
        LogPolicy = LogPolicy.Project,
        Printing = 10_000,
    };

    /// <summary>One of each, for a run whose only trouble is planned.</summary>
    /// <param name="jobTime">In seconds.</param>
    public static Swarm Planned(double jobTime) => new()
    {
        Faults = new HashSet<Fault>(),
        Coordinators = 1,
        Agents = 1,
        Requests = 1,
        Chaos = TimeSpan.FromSeconds(3),
        Pace = 10,
        Revival = 1,
        Errors = 0,
        StandardSlots = 1,
        DatabaseSlots = 1,
        ShortestJob = jobTime,
        LongestJob = jobTime,
        JobsFail = 0,
        CompactAbove = 2048,
        LogPolicy = LogPolicy.Project,
        Printing = 3_000,
    };

    public static Swarm Of(Random random)
    {
        // Some seeds have many faults, some few, and one in ten none.
        var share = random.Next(10) == 0 ? 0 : 0.15 + (0.5 * random.NextDouble());
        return new Swarm
        {
            Faults = Enum.GetValues<Fault>().Where(_ => random.NextDouble() < share).ToHashSet(),
            Coordinators = 1 + random.Next(2),
            Agents = 1 + random.Next(3),
            Requests = 1 + random.Next(4),
            Chaos = TimeSpan.FromSeconds(20 + random.Next(70)),
            Pace = 1.5 + (10 * random.NextDouble()),
            Revival = 0.05 + (0.5 * random.NextDouble()),
            Errors = 0.02 + (0.3 * random.NextDouble()),
            StandardSlots = 1 + random.Next(3),
            DatabaseSlots = 1,
            LongestJob = random.Next(3) == 0 ? 20 : 4,
            JobsFail = random.Next(2) == 0 ? 0 : 0.1,
            CompactAbove = random.Next(2) == 0 ? 4096 : 1024 * 1024,
            LogPolicy = random.Next(3) == 0 ? LogPolicy.SiteOnly : LogPolicy.Project,
            Printing = random.Next(4) == 0 ? 60_000 : 3_000,
        };
    }

    public bool Has(Fault fault) => Faults.Contains(fault);

    public double Rate(Simulator simulator) => Has(Fault.WrongClocks) ? 0.95 + (0.1 * simulator.Random.NextDouble()) : 1;

    public TimeSpan Skew(Simulator simulator) => Has(Fault.WrongClocks) ? simulator.Span(-600, 600) : TimeSpan.Zero;

    public TimeSpan JobTime(Simulator simulator) => simulator.Span(ShortestJob, LongestJob);

    public SimSpool Spool(Simulator simulator, AttemptDirectory directory)
    {
        var speed = simulator.Chance(0.1) ? 0 : Printing * simulator.Random.NextDouble();
        return new SimSpool(directory)
        {
            BytesPerSecond = speed,
            Burst = simulator.Span(0.05, 1.5),
            Limit = simulator.Chance(0.2) ? (long)(speed * LongestJob * 0.3 * simulator.Random.NextDouble()) : long.MaxValue,
        };
    }

    /// <summary>As in production, some five times faster: what matters is which is longer than which.</summary>
    public void Apply(CoordinatorOptions options)
    {
        options.Heartbeat = TimeSpan.FromSeconds(2);
        options.Silence = TimeSpan.FromSeconds(6);
        options.Lease = TimeSpan.FromSeconds(12);
        options.Margin = TimeSpan.FromSeconds(3);
        options.AssignmentAnswer = TimeSpan.FromSeconds(2);
        options.GraceAfterGap = TimeSpan.FromSeconds(18);
        options.CancelGrace = TimeSpan.FromSeconds(3);
        options.SessionMaxAge = Has(Fault.ShortSessions) ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(45);
        options.InternalToken = new string('i', 32);
    }

    public override string ToString() =>
        $"{Coordinators} coordinators, {Agents} agents, {Requests} requests, logs {LogPolicy}, {Chaos.TotalSeconds:0} s of: {(Faults.Count == 0 ? "nothing" : string.Join(", ", Faults.Order()))}";
}
