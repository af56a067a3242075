using JobServer.Simulation.Tests.Specification.Attempts;
using JobServer.Simulation.Tests.Specification.Checking;
using JobServer.Simulation.Tests.Specification.Store;

namespace JobServer.Simulation.Tests.Specification.Reports;

/// <summary>
/// What an attempt says and who hears it: sequences, cumulative acknowledgements, nacks, sessions that follow each other, frames
/// of old ones, a second coordinator that reads before it writes, a lease that lapses, is taken back, or goes to agent 2.
/// </summary>
internal sealed class ReportMachine(ReportBug bug, Guard removed)
{
    private const int Last = 3;
    private const int NewestEpoch = 2;
    private const int OlderEpoch = 1;
    private const int OtherEpoch = 1;
    private const int First = 1;
    private static readonly int[] Nothing = [0];
    private static readonly int[] Sequences = [1, 2, 3];
    private readonly StoreRules _store = new(removed);

    public static Machine<ReportState> Create(ReportBug bug = ReportBug.None, Guard removed = Guard.None) => new ReportMachine(bug, removed).Build();

    private static ReportState Initial { get; } = new()
    {
        Rows = Rows.Initial with { Phase = Phase.Leased, Fence = First, Holder = 1, LeasedTo = 1, IsAccepted = true, Epoch1 = NewestEpoch },
        Next = 1,
    };

    private Machine<ReportState> Build() => new("reports", Initial)
    {
        Actions = [.. AgentActions(), .. CoordinatorActions()],
        Requirements = ReportRequirements.All,
        MustOccur =
        [
            ("a report of an older session may arrive when the newest has moved on", state => state.Older != 0 && state.Rows is { Applied: > 0, Fence: First }),
            ("a report arrives before the one it follows", state => state.Newest.Has(state.Rows.Applied + 2) && state.Rows.Fence == First),
            ("the attempt goes on after its lease was taken back", state => state.Rows is { Lost: > 0, EndedBy: First }),
            ("agent 2 ends the job while reports under the old fence arrive", state => state.Rows.EndedBy == 2 && !state.Newest.IsEmpty),
            ("a read is overtaken by another coordinator's write", state => state.Draft != 0 && state.Rows.Applied >= state.Draft),
        ],
        IsEnd = state => !state.Rows.IsOpen,
    };

    private IEnumerable<MachineAction<ReportState>> AgentActions() =>
    [
        new("Makes", Nothing, (state, _) => state.Made < Last, (state, _) => state with { Made = (byte)(state.Made + 1) }),
        new("Sends", Nothing, (state, _) => state.Next <= MostSent(state), (state, _) => state with { Next = (byte)(state.Next + 1), Newest = state.Newest.With(state.Next) }),
        new("SaysHello", Nothing, (_, _) => true, Hello),
        .. bug == ReportBug.SentBeforeJournal
            ? new MachineAction<ReportState>[] { new("CrashesAndMakesAnother", Nothing, (state, _) => state.Next > state.Made + 1, (state, _) => state with { IsAnotherUnderOneNumber = true }) }
            : [],
    ];

    private IEnumerable<MachineAction<ReportState>> CoordinatorActions() =>
    [
        new("ReportArrives", Sequences, (state, sequence) => state.Newest.Has(sequence), (state, sequence) => Arrive(state, sequence, NewestEpoch)),
        new("ReportArrivesAndItsAnswerIsLost", Sequences, (state, sequence) => state.Newest.Has(sequence),
            (state, sequence) => state with { Rows = _store.Report(state.Rows, 1, NewestEpoch, First, sequence, KindOf(sequence)).Rows }),
        new("ReportIsLost", Sequences, (_, _) => true, (state, sequence) => state with { Newest = state.Newest.Without(sequence) }),
        new("ReadsToApply", Sequences, MayDraft, (state, sequence) => state with { Draft = (byte)sequence }),
        new("Writes", Nothing, (state, _) => state.Draft != 0, Write),
        new("GoesSilent", Nothing, (state, _) => state.Rows.IsHeldBy(1, First), (state, _) => state with { Rows = state.Rows.WithLive(1, false) }),
        new("HeartbeatArrives", Nothing, (_, _) => true, (state, _) => state with { Rows = _store.Renew(state.Rows, 1, NewestEpoch).Rows }),
        new("OldReportArrives", Sequences, (state, sequence) => sequence <= state.Older, (state, sequence) => Arrive(state, sequence, OlderEpoch)) { IsRefused = true },
        new("OldHeartbeatArrives", Nothing, (state, _) => state.Older != 0, (state, _) => state with { Rows = _store.Renew(state.Rows, 1, OlderEpoch).Rows }) { IsRefused = true },
        new("Lapses", Nothing, (_, _) => true, (state, _) => state with { Rows = _store.Lapse(state.Rows, 1, NewestEpoch, First).Rows }),
        new("IsReAdopted", Nothing, (_, _) => true, (state, _) => state with { Rows = _store.ReAdopt(state.Rows, 1, NewestEpoch, First).Rows }),
        new("Agent2Claims", Nothing, (state, _) => state.Rows.Fence == First, (state, _) => state with { Rows = _store.Claim(state.Rows, 2, OtherEpoch).Rows }),
        new("Agent2Reports", Nothing, (state, _) => state.Rows.Holder == 2, Report2),
    ];

    private int MostSent(ReportState state) => bug == ReportBug.SentBeforeJournal ? Math.Min(Last, state.Made + 1) : state.Made;

    // The newest session becomes an older one: what it has on its way may still arrive.
    private ReportState Hello(ReportState state, int nothing)
    {
        var applied = state.Rows.Fence == First ? state.Rows.Applied : (byte)0;
        return state with
        {
            Rows = state.Rows.WithLive(1, true),
            Older = (byte)Math.Max(state.Older, state.Next - 1),
            Newest = default,
            IsDraftOfOlder = state.Draft != 0,
            Known = Math.Max(state.Known, applied),
            Next = (byte)(Math.Max(state.Known, applied) + 1),
        };
    }

    private ReportState Arrive(ReportState state, int sequence, int epoch) =>
        Answer(state, _store.Report(state.Rows, 1, epoch, First, sequence, KindOf(sequence)), sequence);

    // An acknowledgement is cumulative; a nack makes the agent send again from what is expected.
    private ReportState Answer(ReportState state, Told told, int sequence)
    {
        var after = state with { Rows = told.Rows };
        return told.Reply switch
        {
            ReplyKind.Applied => Acknowledged(after, told.Number),
            ReplyKind.Gap when bug == ReportBug.AckNotCumulative => Acknowledged(after, sequence),
            ReplyKind.Gap when told.Number > after.Known => after with { Next = told.Number },
            _ => after,
        };
    }

    private static ReportState Acknowledged(ReportState state, int sequence) =>
        state with { Known = (byte)Math.Max(state.Known, sequence), Next = (byte)Math.Max(state.Next, sequence + 1) };

    private static bool MayDraft(ReportState state, int sequence) =>
        state.Draft == 0 && state.Newest.Has(sequence) && state.Rows.IsHeldBy(1, First) && sequence == state.Rows.Applied + 1;

    private ReportState Write(ReportState state, int nothing)
    {
        var sequence = state.Draft;
        var epoch = state.IsDraftOfOlder && bug != ReportBug.SessionCheckedOnRead ? OlderEpoch : NewestEpoch;
        var after = state with { Draft = 0, IsDraftOfOlder = false };
        var isAsRead = state.Rows.IsHeldBy(1, First) && state.Rows.Applied == sequence - 1;
        if (bug == ReportBug.WriteWithoutCompareAndSet && state.Rows.IsHeldBy(1, First))
        {
            var forced = _store.Report(state.Rows with { Applied = (byte)(sequence - 1) }, 1, epoch, First, sequence, KindOf(sequence));
            return Answer(after, forced, sequence);
        }

        if (!isAsRead)
        {
            return after;
        }

        var told = _store.Report(state.Rows, 1, epoch, First, sequence, KindOf(sequence));
        var isHeardFromOlder = state.IsDraftOfOlder && told.Rows != state.Rows;
        return Answer(after, isHeardFromOlder ? told with { Rows = told.Rows with { Breach = told.Rows.Breach | Breach.StaleSession } } : told, sequence);
    }

    private ReportState Report2(ReportState state, int nothing)
    {
        var sequence = state.Rows.Effects + 1;
        return sequence > Last ? state : state with { Rows = _store.Report(state.Rows, 2, OtherEpoch, 2, sequence, KindOf(sequence)).Rows };
    }

    private static ReportKind KindOf(int sequence) => sequence == Last ? ReportKind.Succeeded : ReportKind.Executing;
}
