using JobServer.Simulation.Tests.Specification.Checking;
using JobServer.Simulation.Tests.Specification.Store;

namespace JobServer.Simulation.Tests.Specification.Attempts;

/// <summary>What must hold of attempts, by the names of the contract.</summary>
internal static class AttemptRequirements
{
    public static IReadOnlyList<Requirement<AttemptState>> All(bool isStrict) => isStrict ? [.. Common(), Strict] : Common();

    private static Requirement<AttemptState> Strict { get; } = Requirement<AttemptState>.Always(
        "I9", "two processes of one job never run at the same time", state => state.Agent1.Runs == 0 || state.Agent2.Runs == 0);

    private static Requirement<AttemptState>[] Common() =>
    [
        Requirement<AttemptState>.EachStep(
            "I1", "at most one (agent, fence) holds a live lease: nobody takes over what is held", (before, after) =>
                !before.Rows.IsHeld || !after.Rows.IsHeld || (before.Rows.Holder == after.Rows.Holder && before.Rows.Fence == after.Rows.Fence)),
        Requirement<AttemptState>.EachStep("I2", "a fence never goes down, and each new lease has a higher one", FenceRises),
        Requirement<AttemptState>.Always(
            "I3", "only a report under the current fence is applied", state =>
                (state.Rows.Breach & (Breach.OldFence | Breach.NotTheHolder)) == Breach.None && (state.Rows.EndedBy == 0 || state.Rows.EndedBy == state.Rows.Fence)),
        Requirement<AttemptState>.EachStep("I4", "what has ended never changes", (before, after) => before.Rows.IsOpen || EndOf(before.Rows) == EndOf(after.Rows)),
        Requirement<AttemptState>.Always(
            "I5", "what was acknowledged is in the database, also after a crash", state =>
                state.Uncommitted != 0 || Enumerable.Range(1, 3).All(fence => !state.Acked.Has(fence) || state.Rows.EndedBy == fence)),
        Requirement<AttemptState>.Always(
            "P4", "what the rows call accepted is in the holder's journal", state =>
                !state.Rows.IsHeld || !state.Rows.IsAccepted || state.Agent(state.Rows.Holder).Knows(state.Rows.Fence)),
        Requirement<AttemptState>.Always("I7", "an attempt is started at most once", state => state.StartedAgain.IsEmpty),
        Requirement<AttemptState>.Always("I8", "nothing starts before its journal entry is durable and the lease is known to be live", state => state.Slip == Slip.None),
        Requirement<AttemptState>.EachStep(
            "I10", "an accepted cancel is never forgotten, gets no new lease and never waits in the queue", (before, after) =>
                !before.Rows.IsCancelled || (after.Rows.IsCancelled && after.Rows.Fence == before.Rows.Fence && after.Rows.Phase != Phase.Queued)),
        Requirement<AttemptState>.EachStep(
            "I11", "silence alone fails no job: only a result, a cancel or the written policy ends it", (before, after) =>
                !before.Rows.IsOpen || after.Rows.IsOpen || after.Rows.EndedBy != 0 || after.Rows.IsCancelled || after.Rows is { Lost: Rows.MaxLost, Ending: Ending.Lost }),
    ];

    // The same fence twice is right only when the agent that had it gets it back.
    private static bool FenceRises(AttemptState before, AttemptState after)
    {
        var isLeased = !before.Rows.IsHeld && after.Rows.IsHeld;
        var isReAdopted = isLeased && after.Rows.IsAccepted && after.Rows.Holder == before.Rows.LeasedTo;
        return after.Rows.Fence >= before.Rows.Fence && (!isLeased || isReAdopted || after.Rows.Fence > before.Rows.Fence);
    }

    private static (Phase Phase, Ending Ending, byte EndedBy, byte Applied) EndOf(Rows rows) => (rows.Phase, rows.Ending, rows.EndedBy, rows.Applied);
}
