using JobServer.Simulation.Tests.Specification.Checking;

namespace JobServer.Simulation.Tests.Specification.Slots;

/// <summary>How many jobs an agent may hold: counted in the rows by kind, within the credits it gave, across reconnects.</summary>
internal sealed class SlotMachine(SlotBug bug)
{
    private const int Slots = 1;
    private static readonly int[] Jobs = [1, 2, 3, 4];
    private static readonly int[] Nothing = [0];

    public static Machine<SlotState> Create(SlotBug bug = SlotBug.None) => new SlotMachine(bug).Build();

    private Machine<SlotState> Build() => new("slots", new SlotState { HasStandardCredit = true, HasDatabaseCredit = true })
    {
        Actions =
        [
            new("CountsRoom", Jobs, (state, job) => MayCount(state, job, isOlder: false), (state, job) => state with { Counted = (byte)job }),
            new("OlderCountsRoom", Jobs, (state, job) => state.HasOlder && MayCount(state, job, isOlder: true), (state, job) => state with { Counted = (byte)job, IsCountedByOlder = true }),
            new("Leases", Nothing, (state, _) => state.Counted != 0, Lease),
            new("LeasesMeanwhile", Jobs, (state, job) => MayCount(state, job, isOlder: false), (state, job) => LeaseTo(state, job, isOlder: false)),
            new("GivesCredit", [0, 1], (state, kind) => Runs(state, kind == 1) < Slots, (state, kind) => state.WithCredit(kind == 1, true)),
            new("Ends", Jobs, (state, job) => IsLeased(state[job]), (state, job) => state.With(job, Place.Ended)),
            new("ComesBack", Jobs, (state, job) => IsLeased(state[job]), (state, job) => state.With(job, Place.Queued)),
            new("Lapses", Jobs, (state, job) => IsLeased(state[job]), (state, job) => state.With(job, Place.Lapsed)),
            new("IsStopped", Jobs, (state, job) => state[job] == Place.Lapsed, (state, job) => state.With(job, Place.Queued)),
            new("IsReAdopted", Jobs, (state, job) => state[job] == Place.Lapsed && (HasRoom(state, job) || bug == SlotBug.ReAdoptsWithoutRoom), (state, job) => state.With(job, Place.Held)),
            new("SaysHello", Nothing, (_, _) => true, Hello),
            new("OlderNotices", Nothing, (state, _) => state.HasOlder, (state, _) => state with { HasOlder = false }),
        ],
        Requirements =
        [
            Requirement<SlotState>.Always("I14", "jobs leased to an agent are at most its declared slots, by kind", state => state.Leased(false) <= Slots && state.Leased(true) <= Slots),
            Requirement<SlotState>.Always("I16", "only the newest session of an agent is leased to", state => !state.WasOlderHeard),
            Requirement<SlotState>.EachStep("I4", "what has ended never changes", (before, after) => Jobs.All(job => before[job] != Place.Ended || after[job] == Place.Ended)),
        ],
        MustOccur =
        [
            ("both kinds are full", state => state.Leased(false) == Slots && state.Leased(true) == Slots),
            ("the agent believes in a slot that the rows count as taken", state => state is { HasStandardCredit: true } && state.Leased(false) == Slots),
            ("a lease of an older session is still held", state => state.Standard1 == Place.HeldFromBefore),
            ("a lease lapsed and another job took the slot", state => state is { Standard1: Place.Lapsed, Standard2: Place.Held }),
        ],
        IsEnd = state => Jobs.All(job => state[job] == Place.Ended),
    };

    private static bool IsLeased(Place place) => place is Place.Held or Place.HeldFromBefore;

    // What the agent itself knows to be running; an assignment on its way is not among it, so its credits lag behind.
    private static int Runs(SlotState state, bool isDatabase) => state.Count(isDatabase, place => place == Place.HeldFromBefore);

    private bool HasRoom(SlotState state, int job)
    {
        var isDatabase = SlotState.IsDatabase(job);
        return bug switch
        {
            SlotBug.CreditsAlone => true,
            SlotBug.ThisSessionAlone => state.Count(isDatabase, place => place == Place.Held) < Slots,
            SlotBug.KindsTogether => state.Leased(false) + state.Leased(true) < 2 * Slots,
            _ => state.Leased(isDatabase) < Slots,
        };
    }

    private bool MayCount(SlotState state, int job, bool isOlder) =>
        state[job] == Place.Queued && (state.Counted == 0 || !isOlder) && (isOlder || state.HasCredit(SlotState.IsDatabase(job))) && HasRoom(state, job);

    // One transaction: the agent's row is locked, so sessions and leases are as they are written.
    private SlotState Lease(SlotState state, int nothing)
    {
        var after = state with { Counted = 0, IsCountedByOlder = false };
        var isHeard = !state.IsCountedByOlder || bug == SlotBug.OldSessionClaims;
        var hasRoom = bug == SlotBug.CountedBeforeTheClaim || HasRoom(state, state.Counted);
        return isHeard && hasRoom && state[state.Counted] == Place.Queued ? LeaseTo(after, state.Counted, state.IsCountedByOlder) : after;
    }

    private static SlotState LeaseTo(SlotState state, int job, bool isOlder) =>
        state.With(job, Place.Held).WithCredit(SlotState.IsDatabase(job), false) with { WasOlderHeard = state.WasOlderHeard || isOlder };

    private static SlotState Hello(SlotState state, int nothing)
    {
        foreach (var job in Jobs.Where(job => state[job] == Place.Held))
        {
            state = state.With(job, Place.HeldFromBefore);
        }

        return state with { HasOlder = true, IsCountedByOlder = state.Counted != 0, HasStandardCredit = true, HasDatabaseCredit = true };
    }
}
