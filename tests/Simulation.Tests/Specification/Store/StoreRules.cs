namespace JobServer.Simulation.Tests.Specification.Store;

/// <summary>What each write of the store does to one job and the sessions of two agents: the one definition that models and conformance share.</summary>
/// <param name="removed">The guard that a store with a deliberate bug lacks.</param>
internal sealed class StoreRules(Guard removed = Guard.None)
{
    public static Told Hello(Rows rows, int agent)
    {
        var epoch = rows.EpochOf(agent) + 1;
        return new Told(rows.WithEpoch(agent, epoch).WithLive(agent, true), ReplyKind.Done, (byte)epoch);
    }

    public Told Renew(Rows rows, int agent, int epoch) => Heard(rows, agent, epoch, Guard.RenewSession)
        ? new Told(Noted(rows, agent, epoch, rows.WithLive(agent, true)), ReplyKind.Done)
        : new Told(rows, ReplyKind.Refused);

    public static Told TimePasses(Rows rows) => new(rows with { IsLive1 = false, IsLive2 = false }, ReplyKind.Done);

    public Told Claim(Rows rows, int agent, int epoch) => Claim(rows, agent, epoch, rows.Fence);

    /// <param name="seen">The fence that was read when the job was chosen.</param>
    public Told Claim(Rows rows, int agent, int epoch, int seen)
    {
        var isFree = Lacks(Guard.ClaimCompareAndSet) ? rows.IsOpen : rows.Phase == Phase.Queued && rows.Fence == seen;
        if (!isFree || rows.IsCancelled || !Heard(rows, agent, epoch, Guard.ClaimSession))
        {
            return new Told(rows, ReplyKind.Refused);
        }

        var leased = rows with
        {
            Phase = Phase.Leased,
            Fence = (byte)(Lacks(Guard.ClaimRaisesFence) ? Math.Max(1, seen) : seen + 1),
            Holder = (byte)agent,
            LeasedTo = (byte)agent,
            IsAccepted = false,
            Applied = Lacks(Guard.ClaimRestartsSequence) ? rows.Applied : (byte)0,
            Effects = 0,
        };
        return new Told(Noted(rows, agent, epoch, leased), ReplyKind.Done, leased.Fence);
    }

    public Told Accept(Rows rows, int agent, int epoch, int fence) => Holds(rows, agent, epoch, fence)
        ? new Told(Noted(rows, agent, epoch, rows with { IsAccepted = true }), ReplyKind.Done)
        : new Told(rows, ReplyKind.Refused);

    public Told Return(Rows rows, int agent, int epoch, int fence)
    {
        if (!Holds(rows, agent, epoch, fence) || rows.Phase != Phase.Leased || (rows.IsAccepted && !Lacks(Guard.ReturnUnacceptedOnly)))
        {
            return new Told(rows, ReplyKind.Refused);
        }

        return rows.IsCancelled ? Cancelled(rows, agent, epoch) : Freed(rows, agent, epoch, rows);
    }

    public Told Lose(Rows rows, int agent, int epoch, int fence) =>
        Holds(rows, agent, epoch, fence) ? Lost(rows, agent, epoch) : new Told(rows, ReplyKind.Refused);

    public Told Lapse(Rows rows, int agent, int epoch, int fence)
    {
        if (!Holds(rows, agent, epoch, fence) || (rows.IsLive(agent) && !Lacks(Guard.LapseSilentOnly)))
        {
            return new Told(rows, ReplyKind.Refused);
        }

        if (Lacks(Guard.LossIsNoFailure))
        {
            return new Told(rows with { Phase = Phase.Ended, Ending = Ending.Failed }, ReplyKind.Ended);
        }

        // No attempt was made of what an agent went away without taking.
        return IsTaken(rows) || rows.Phase != Phase.Leased || Lacks(Guard.LapseOfUntakenIsNoLoss) ? Lost(rows, agent, epoch)
            : rows.IsCancelled ? Cancelled(rows, agent, epoch)
            : Freed(rows, agent, epoch, rows);
    }

    public Told ReAdopt(Rows rows, int agent, int epoch, int fence)
    {
        // Without the look at who has it now, the agent takes it back from whoever does, with that one's fence.
        var isFree = Lacks(Guard.ReAdoptFreeOnly)
            ? rows.Holder != agent
            : rows.Holder == 0 && (rows.Fence == fence || Lacks(Guard.ReAdoptFence)) && (rows.LeasedTo == agent || Lacks(Guard.ReAdoptOwnOnly));
        var mayBe = isFree && rows.IsOpen && !rows.IsCancelled
            && Heard(rows, agent, epoch, Guard.ReAdoptSession);
        return mayBe
            ? new Told(
                Noted(rows, agent, epoch, rows with { Phase = Phase.Leased, Holder = (byte)agent, IsAccepted = true }), ReplyKind.Done)
            : new Told(rows, ReplyKind.Refused);
    }

    public Told Cancel(Rows rows)
    {
        if (rows.IsCancelled || (!rows.IsOpen && !Lacks(Guard.CancelOpenOnly)))
        {
            return new Told(rows, ReplyKind.Refused);
        }

        var asked = rows with { IsCancelled = true };
        var isAtOnce = (rows.Phase == Phase.Queued && !Lacks(Guard.CancelQueuedAtOnce))
            || (rows.Phase == Phase.Leased && !IsTaken(rows) && !Lacks(Guard.CancelUntakenAtOnce));
        return isAtOnce
            ? new Told(asked with { Phase = Phase.Ended, Ending = Ending.Cancelled }, ReplyKind.Ended)
            : new Told(rows.IsOpen ? asked : asked with { Ending = Ending.Cancelled }, ReplyKind.Stopping);
    }

    public Told Report(Rows rows, int agent, int epoch, int fence, int sequence, ReportKind kind)
    {
        if (!Heard(rows, agent, epoch, Guard.ReportSession))
        {
            return new Told(rows, ReplyKind.StaleSession);
        }

        if ((rows.Fence != fence && !Lacks(Guard.ReportFence)) || (rows.Holder != agent && !Lacks(Guard.ReportHolder) && !Lacks(Guard.ReportFence)))
        {
            return new Told(rows, ReplyKind.Fenced, rows.Fence);
        }

        if (rows is { Phase: Phase.Ended, Applied: > 0, Ending: Ending.Succeeded or Ending.Failed } && kind is ReportKind.Succeeded or ReportKind.Failed
            && !Lacks(Guard.SecondEnd) && !Lacks(Guard.ReportAfterEnd) && !Lacks(Guard.ReportFence))
        {
            var isSame = (kind == ReportKind.Succeeded) == (rows.Ending == Ending.Succeeded);
            return isSame ? new Told(rows, ReplyKind.Applied, (byte)sequence) : new Told(rows, ReplyKind.Contradicts);
        }

        if (sequence <= rows.Applied && !Lacks(Guard.ReportRepeat) && !Lacks(Guard.ReportFence) && !(Lacks(Guard.ReportAfterEnd) && !rows.IsOpen))
        {
            return new Told(rows, ReplyKind.Applied, rows.Applied);
        }

        if (sequence > rows.Applied + 1 && !Lacks(Guard.ReportGap))
        {
            return new Told(rows, ReplyKind.Gap, (byte)(rows.Applied + 1));
        }

        return rows.Phase is Phase.Ended or Phase.Queued && !Lacks(Guard.ReportAfterEnd) && !(Lacks(Guard.ReportHolder) && rows.IsOpen)
            ? new Told(rows, ReplyKind.Fenced, rows.Fence)
            : Apply(rows, agent, epoch, fence, sequence, kind);
    }

    private Told Apply(Rows rows, int agent, int epoch, int fence, int sequence, ReportKind kind)
    {
        var breach = (rows.Fence != fence ? Breach.OldFence : Breach.None)
            | (rows.Holder != agent ? Breach.NotTheHolder : Breach.None)
            | (sequence > rows.Applied + 1 ? Breach.SkippedReport : Breach.None)
            | (sequence <= rows.Applied ? Breach.RepeatedReport : Breach.None);
        var counted = rows with { Applied = (byte)sequence, Effects = (byte)Math.Min(7, rows.Effects + 1), Breach = rows.Breach | breach };
        if (kind == ReportKind.Lost)
        {
            return Lost(counted, agent, epoch) with { Reply = ReplyKind.Applied, Number = (byte)sequence };
        }

        var after = kind == ReportKind.Executing
            ? counted with { Phase = Phase.Running }
            : counted with { Phase = Phase.Ended, EndedBy = (byte)fence, Ending = kind == ReportKind.Succeeded ? Ending.Succeeded : Ending.Failed };
        return new Told(Noted(rows, agent, epoch, after), ReplyKind.Applied, (byte)sequence);
    }

    private Told Lost(Rows rows, int agent, int epoch)
    {
        var counted = rows with { Lost = (byte)Math.Min(Rows.MaxLost, rows.Lost + 1) };
        if (rows.IsCancelled && !Lacks(Guard.LossKeepsCancel))
        {
            return Cancelled(counted, agent, epoch);
        }

        return counted.Lost < Rows.MaxLost || Lacks(Guard.LossEndsAtLimit)
            ? Freed(rows, agent, epoch, counted)
            : new Told(Noted(rows, agent, epoch, counted with { Phase = Phase.Ended, Ending = Ending.Lost }), ReplyKind.Ended);
    }

    private static Told Cancelled(Rows rows, int agent, int epoch) =>
        new(Noted(rows, agent, epoch, rows with { Phase = Phase.Ended, Ending = Ending.Cancelled }), ReplyKind.Ended);

    private static Told Freed(Rows before, int agent, int epoch, Rows rows) =>
        new(Noted(before, agent, epoch, rows with { Phase = Phase.Queued, Holder = 0, IsAccepted = false }), ReplyKind.Queued);

    private static Rows Noted(Rows before, int agent, int epoch, Rows after) =>
        before.EpochOf(agent) == epoch || after == before ? after : after with { Breach = after.Breach | Breach.StaleSession };

    // The holder has it in its journal: it said so, or reported on it.
    private static bool IsTaken(Rows rows) => rows.IsAccepted || rows.Applied > 0;

    private bool Holds(Rows rows, int agent, int epoch, int fence) =>
        rows.IsHeld
        && (rows.Fence == fence || Lacks(Guard.LeaseFence))
        && (rows.Holder == agent || Lacks(Guard.LeaseHolder))
        && Heard(rows, agent, epoch, Guard.LeaseSession);

    private bool Heard(Rows rows, int agent, int epoch, Guard guard) => rows.EpochOf(agent) == epoch || Lacks(guard);

    private bool Lacks(Guard guard) => guard == removed && removed != Guard.None;
}
