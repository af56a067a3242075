using JobServer.Simulation.Tests.Specification.Store;

namespace JobServer.Simulation.Tests.Specification.Conformance;

/// <summary>What decides on a command: how the row stands, and how the command's agent, session, fence and sequence relate to it.</summary>
internal readonly record struct Situation
{
    public CommandKind Kind { get; private init; }

    public ReportKind Report { get; private init; }

    public Phase Phase { get; private init; }

    public Ending Ending { get; private init; }

    public bool IsAccepted { get; private init; }

    public bool IsCancelled { get; private init; }

    public bool IsLastAttempt { get; private init; }

    public bool HasReports { get; private init; }

    public bool IsLive { get; private init; }

    public bool IsHolder { get; private init; }

    public bool WasLeasedIt { get; private init; }

    /// <summary>Each -1, 0 or 1: less than, equal to or more than what the row has.</summary>
    public int Session { get; private init; }

    public int Fence { get; private init; }

    /// <summary>0 for the next one.</summary>
    public int Sequence { get; private init; }

    /// <summary>How many of its session, its fence and its agent are not those of the lease.</summary>
    public int Wrongs => Convert.ToInt32(Session != 0) + Convert.ToInt32(Fence != 0) + Convert.ToInt32(IsOfAnother);

    private bool IsOfAnother => Kind switch
    {
        CommandKind.ReAdopt => !WasLeasedIt,
        CommandKind.Accept or CommandKind.Return or CommandKind.Lose or CommandKind.Lapse or CommandKind.Report => !IsHolder,
        _ => false,
    };

    public static Situation Of(Rows rows, StoreCommand command) => new()
    {
        Kind = command.Kind,
        Report = command.Report,
        Phase = rows.Phase,
        Ending = rows.Ending,
        IsAccepted = rows.IsAccepted,
        IsCancelled = rows.IsCancelled,
        IsLastAttempt = rows.Lost == Rows.MaxLost - 1 && (command.Kind is CommandKind.Lose or CommandKind.Lapse || command.Report == ReportKind.Lost),
        HasReports = rows.Applied > 0,
        IsLive = command.Kind is CommandKind.Lapse or CommandKind.Renew or CommandKind.Claim && rows.IsLive(command.Agent),
        IsHolder = command.Agent != 0 && rows.Holder == command.Agent,
        WasLeasedIt = command.Kind == CommandKind.ReAdopt && rows.LeasedTo == command.Agent,
        Session = command.Epoch == 0 ? 0 : command.Epoch.CompareTo(rows.EpochOf(command.Agent)),
        Fence = command.Fence == 0 ? 0 : command.Fence.CompareTo(rows.Fence),
        Sequence = command.Sequence == 0 ? 0 : command.Sequence.CompareTo(rows.Applied + 1),
    };
}
