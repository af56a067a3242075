using JobServer.Simulation.Tests.Specification.Checking;
using JobServer.Simulation.Tests.Specification.Store;

namespace JobServer.Simulation.Tests.Specification.Attempts;

/// <summary>
/// Who runs a job: claims of two coordinators, assignments that come late, twice or never, journals and crashes, leases that
/// lapse, re-adoption, cancel. Coordinators keep nothing, so their crash is no step but with a bug.
/// </summary>
internal sealed class AttemptMachine(AttemptBug bug, Guard removed, bool isStrict)
{
    private const int MaxFence = 3;
    private const int Epoch = 1;
    private static readonly int[] Agents = [1, 2];
    private static readonly int[] FenceNumbers = [1, 2, 3];
    private readonly StoreRules _store = new(removed);

    public static Machine<AttemptState> Create(bool isStrict, AttemptBug bug = AttemptBug.None, Guard removed = Guard.None) =>
        new AttemptMachine(bug, removed, isStrict).Build();

    private Machine<AttemptState> Build() => new("attempts, " + (isStrict ? "strict" : "fenced"), new AttemptState { Rows = Rows.Initial })
    {
        Actions = [.. CoordinatorActions(), .. AgentActions(), .. (bug is AttemptBug.AckBeforeCommit or AttemptBug.LeaseOnlyInMemory or AttemptBug.CancelOnlyInMemory ? BugActions() : [])],
        Requirements = AttemptRequirements.All(isStrict),
        MustOccur =
        [
            ("a third attempt wins", state => state.Rows.EndedBy == 3),
            ("a result counts although its lease had lapsed", state => state.Rows is { EndedBy: 1, Lost: > 0 }),
            ("a job is given up by the written policy", state => state.Rows.Ending == Ending.Lost),
            ("a coordinator claims by what is no longer so", state => state is { Read1: 1, Rows.Holder: 2 }),
            .. isStrict ? Array.Empty<(string, Func<AttemptState, bool>)>() : [("two agents run the job, and one of them is fenced", state => state is { Agent1.Runs: > 0, Agent2.Runs: > 0 })],
        ],
        IsEnd = state => state.Rows.Phase == Phase.Ended || state.Rows is { Phase: Phase.Queued, Fence: MaxFence },
    };

    private IEnumerable<MachineAction<AttemptState>> CoordinatorActions() =>
    [
        new("ReadsToClaim", Agents, (state, agent) => state.Read(agent) == 0 && state.Rows is { Phase: Phase.Queued, Fence: < MaxFence },
            (state, agent) => state.WithRead(agent, 1 + state.Rows.Fence)),
        new("Claims", Agents, (state, agent) => state.Read(agent) != 0, Claim),
        new("SendsAgain", Agents, (state, agent) => state.Rows.IsHeldBy(agent, state.Rows.Fence) && !state.Rows.IsAccepted && !state.Agent(agent).Journal.Has(state.Rows.Fence) && bug != AttemptBug.NoAckDeadline,
            (state, agent) => state.With(agent, state.Agent(agent) with { Sent = state.Agent(agent).Sent.With(state.Rows.Fence) })),
        .. isStrict ? Array.Empty<MachineAction<AttemptState>>() : [TakesBack],
        new("Lapses", Agents, MayLapse, (state, agent) =>
            state with { Rows = _store.Lapse(state.Rows.WithLive(agent, false), agent, Epoch, state.Rows.Fence).Rows.WithLive(agent, true) }),
        new("Cancel", [0], (_, _) => true, (state, _) => state with { Rows = _store.Cancel(state.Rows).Rows }) { IsOptional = true },
    ];

    // Strict: an agent that has not answered may have started, so the lease must run out.
    private MachineAction<AttemptState> TakesBack => new(
        "TakesBackUnanswered", Agents, (state, agent) => state.Rows.Holder == agent && bug != AttemptBug.NoAckDeadline,
        (state, agent) => state with { Rows = _store.Return(state.Rows, agent, Epoch, state.Rows.Fence).Rows });

    private IEnumerable<MachineAction<AttemptState>> AgentActions() =>
    [
        new("AssignmentArrives1", FenceNumbers, (state, fence) => state.Agent1.Sent.Has(fence), (state, fence) => Deliver(state, 1, fence)),
        new("AssignmentArrives2", FenceNumbers, (state, fence) => state.Agent2.Sent.Has(fence), (state, fence) => Deliver(state, 2, fence)),
        new("AssignmentIsLost1", FenceNumbers, (_, _) => true, (state, fence) => state.With(1, state.Agent1 with { Sent = state.Agent1.Sent.Without(fence) })),
        new("AssignmentIsLost2", FenceNumbers, (_, _) => true, (state, fence) => state.With(2, state.Agent2 with { Sent = state.Agent2.Sent.Without(fence) })),
        new("Accepts", Agents, (state, agent) => state.Agent(agent).Knows(state.Rows.Fence),
            (state, agent) => state with { Rows = _store.Accept(state.Rows, agent, Epoch, state.Rows.Fence).Rows }),
        new("Renews", Agents, (state, agent) => state.Rows.IsHeldBy(agent, state.Rows.Fence) && (isStrict || !state.Agent(agent).Journal.Has(state.Rows.Fence)),
            (state, _) => state with { Ahead = state.Ahead.With(state.Rows.Fence) }),
        new("OwnDeadlinePasses", FenceNumbers, (_, _) => true, PassDeadline),
        new("Finishes", Agents, (state, agent) => state.Agent(agent).Runs != 0, Finish),
        new("ProcessDies", Agents, (_, _) => true, (state, agent) => state.With(agent, state.Agent(agent) with { Runs = 0 })),
        new("SaysLost", Agents, (state, agent) => state.Agent(agent) is var here && here.Journal.Has(state.Rows.Fence) && here.Runs != state.Rows.Fence && !here.Results.Has(state.Rows.Fence),
            (state, agent) => state with { Rows = _store.Lose(state.Rows, agent, Epoch, state.Rows.Fence).Rows }),
        new("StopsFenced", Agents, (state, agent) => state.Agent(agent).Runs != state.Rows.Fence || !state.Rows.IsOpen,
            (state, agent) => state.With(agent, state.Agent(agent) with { Runs = 0 })),
        new("IsReAdopted1", FenceNumbers, (state, fence) => state.Agent1.Runs == fence || state.Agent1.Results.Has(fence), (state, fence) => ReAdopt(state, 1, fence)),
        new("IsReAdopted2", FenceNumbers, (state, fence) => state.Agent2.Runs == fence || state.Agent2.Results.Has(fence), (state, fence) => ReAdopt(state, 2, fence)),
        new("ResultArrives1", FenceNumbers, (state, fence) => state.Agent1.Results.Has(fence), (state, fence) => Apply(state, 1, fence)),
        new("ResultArrives2", FenceNumbers, (state, fence) => state.Agent2.Results.Has(fence), (state, fence) => Apply(state, 2, fence)),
    ];

    private IEnumerable<MachineAction<AttemptState>> BugActions() =>
    [
        new("Commits", [0], (state, _) => state.Uncommitted != 0, (state, _) => Commit(state, state.Rows.Holder, state.Uncommitted) with { Uncommitted = 0 }),
        new("CoordinatorDies", [0], (state, _) => state.Rows.IsOpen, (state, _) => bug switch
        {
            AttemptBug.LeaseOnlyInMemory => state with { Rows = state.Rows with { Phase = Phase.Queued, Holder = 0, IsAccepted = false } },
            AttemptBug.CancelOnlyInMemory => state with { Rows = state.Rows with { IsCancelled = false } },
            _ => state with { Uncommitted = 0 },
        }),
    ];

    private AttemptState Claim(AttemptState state, int agent)
    {
        var seen = state.Read(agent) - 1;
        var told = _store.Claim(state.Rows, agent, Epoch, seen);
        var after = state.WithRead(agent, 0) with { Rows = told.Rows };
        return told.Reply == ReplyKind.Done
            ? after.With(agent, after.Agent(agent) with { Sent = after.Agent(agent).Sent.With(told.Number) }) with { Ahead = after.Ahead.With(told.Number) }
            : after;
    }

    // Strict: the agent kills at its own deadline, which passes before the row's.
    private bool MayLapse(AttemptState state, int agent) =>
        state.Rows.Holder == agent
        && (!isStrict || bug == AttemptBug.ExpiryWithoutMargin || !state.Ahead.Has(state.Rows.Fence))
        && (bug != AttemptBug.NoAckDeadline || state.Rows.IsAccepted);

    private AttemptState Deliver(AttemptState state, int agent, int fence)
    {
        var here = state.Agent(agent);
        var isKnownLive = state.Ahead.Has(fence);
        if (here.Runs != 0 || here.Journal.Has(fence) || !(isKnownLive || bug == AttemptBug.LateStart))
        {
            return state;
        }

        var isJournalled = bug is not (AttemptBug.NoJournal or AttemptBug.JournalAfterStart);
        var after = here with { Runs = (byte)fence };
        if (isJournalled)
        {
            // Another copy would find the entry and do nothing: it need not be kept.
            after = after with { Journal = here.Journal.With(fence), Sent = here.Sent.Without(fence) };
        }

        return state.With(agent, after) with
        {
            Ahead = isStrict || !isJournalled ? state.Ahead : state.Ahead.Without(fence),
            Started = state.Started.With(fence),
            StartedAgain = state.Started.Has(fence) ? state.StartedAgain.With(fence) : state.StartedAgain,
            Slip = state.Slip | (isJournalled ? Slip.None : Slip.Unjournalled) | (isKnownLive ? Slip.None : Slip.LeaseNotKnownLive),
        };
    }

    private AttemptState PassDeadline(AttemptState state, int fence)
    {
        if (!state.Ahead.Has(fence))
        {
            return state;
        }

        var after = state with { Ahead = state.Ahead.Without(fence) };
        if (fence != state.Rows.Fence && bug != AttemptBug.LateStart)
        {
            // Nobody renews it any more: a copy on its way can start nothing.
            after = after.With(1, after.Agent1 with { Sent = after.Agent1.Sent.Without(fence) }).With(2, after.Agent2 with { Sent = after.Agent2.Sent.Without(fence) });
        }

        foreach (var agent in Agents.Where(agent => isStrict && after.Agent(agent).Runs == fence))
        {
            after = after.With(agent, after.Agent(agent) with { Runs = 0 });
        }

        return after;
    }

    private AttemptState Finish(AttemptState state, int agent)
    {
        var here = state.Agent(agent);
        var journal = bug == AttemptBug.JournalAfterStart ? here.Journal.With(here.Runs) : here.Journal;
        return state.With(agent, here with { Runs = 0, Results = here.Results.With(here.Runs), Journal = journal });
    }

    private AttemptState ReAdopt(AttemptState state, int agent, int fence)
    {
        var told = _store.ReAdopt(state.Rows, agent, Epoch, fence);
        return told.Reply == ReplyKind.Done ? state with { Rows = told.Rows, Ahead = isStrict ? state.Ahead.With(fence) : state.Ahead } : state;
    }

    private AttemptState Apply(AttemptState state, int agent, int fence) => bug == AttemptBug.AckBeforeCommit && state.Rows.IsHeldBy(agent, fence)
        ? state with { Acked = state.Acked.With(fence), Uncommitted = (byte)fence }
        : Commit(state, agent, fence);

    // The result is the only report here; their order is the matter of another machine.
    private AttemptState Commit(AttemptState state, int agent, int fence)
    {
        var told = _store.Report(state.Rows, agent, Epoch, fence, 1, state.Rows.IsCancelled ? ReportKind.Failed : ReportKind.Succeeded);
        return told.Reply == ReplyKind.Applied ? state with { Rows = told.Rows, Acked = state.Acked.With(fence) } : state;
    }
}
