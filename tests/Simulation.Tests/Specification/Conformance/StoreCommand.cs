using System.Runtime.InteropServices;
using JobServer.Simulation.Tests.Specification.Store;

namespace JobServer.Simulation.Tests.Specification.Conformance;

/// <summary>One write with its arguments, right or stale. What has no meaning for a kind is 0.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoreCommand(CommandKind Kind, int Agent = 0, int Epoch = 0, int Fence = 0, int Sequence = 0, ReportKind Report = ReportKind.Executing)
{
    public const int MaxEpoch = 2;
    public const int MaxFence = 3;
    public const int MaxSequence = 2;

    /// <summary>Every command that one job, two agents, two sessions of each, three fences and two reports allow.</summary>
    public static IReadOnlyList<StoreCommand> All { get; } = [.. Enumerate()];

    public Told ApplyTo(Rows rows, StoreRules rules) => Kind switch
    {
        CommandKind.Hello => StoreRules.Hello(rows, Agent),
        CommandKind.Renew => rules.Renew(rows, Agent, Epoch),
        CommandKind.TimePasses => StoreRules.TimePasses(rows),
        CommandKind.Claim => rules.Claim(rows, Agent, Epoch),
        CommandKind.Accept => rules.Accept(rows, Agent, Epoch, Fence),
        CommandKind.Return => rules.Return(rows, Agent, Epoch, Fence),
        CommandKind.Lose => rules.Lose(rows, Agent, Epoch, Fence),
        CommandKind.Lapse => rules.Lapse(rows, Agent, Epoch, Fence),
        CommandKind.ReAdopt => rules.ReAdopt(rows, Agent, Epoch, Fence),
        CommandKind.Cancel => rules.Cancel(rows),
        CommandKind.Report => rules.Report(rows, Agent, Epoch, Fence, Sequence, Report),
        _ => throw new InvalidOperationException($"{Kind} is no command."),
    };

    /// <summary>Bounds of the space, not of the store: sessions are counted to two, leases to three.</summary>
    public bool IsWithinBounds(Rows rows) => Kind switch
    {
        CommandKind.Hello => rows.EpochOf(Agent) < MaxEpoch,
        CommandKind.Claim => rows.Fence < MaxFence || rows.Phase != Phase.Queued,
        _ => true,
    };

    public override string ToString() => Kind switch
    {
        CommandKind.TimePasses or CommandKind.Cancel => $"{Kind}",
        CommandKind.Hello => $"Hello of agent {Agent}",
        CommandKind.Renew or CommandKind.Claim => $"{Kind} by agent {Agent} in session {Epoch}",
        CommandKind.Report => $"Report {Sequence} ({Report}) of agent {Agent} in session {Epoch} under fence {Fence}",
        _ => $"{Kind} by agent {Agent} in session {Epoch} under fence {Fence}",
    };

    private static IEnumerable<StoreCommand> Enumerate()
    {
        yield return new(CommandKind.TimePasses);
        yield return new(CommandKind.Cancel);
        foreach (var agent in new[] { 1, 2 })
        {
            yield return new(CommandKind.Hello, agent);
            foreach (var epoch in Enumerable.Range(1, MaxEpoch))
            {
                yield return new(CommandKind.Renew, agent, epoch);
                yield return new(CommandKind.Claim, agent, epoch);
                foreach (var command in Enumerable.Range(1, MaxFence).SelectMany(fence => UnderFence(agent, epoch, fence)))
                {
                    yield return command;
                }
            }
        }
    }

    private static IEnumerable<StoreCommand> UnderFence(int agent, int epoch, int fence)
    {
        foreach (var kind in new[] { CommandKind.Accept, CommandKind.Return, CommandKind.Lose, CommandKind.Lapse, CommandKind.ReAdopt })
        {
            yield return new(kind, agent, epoch, fence);
        }

        foreach (var sequence in Enumerable.Range(1, MaxSequence))
        {
            foreach (var report in Enum.GetValues<ReportKind>())
            {
                yield return new(CommandKind.Report, agent, epoch, fence, sequence, report);
            }
        }
    }
}
