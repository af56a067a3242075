using JobServer.Contracts.V1;
using JobServer.Coordinator.Telemetry;
using JobServer.Data.Agents;
using JobServer.Data.Jobs;

namespace JobServer.Coordinator.Agents;

/// <summary>Does what the reconciliation table says, when an agent has said Hello.</summary>
internal sealed class Reconciler(JobLeases leases, JobClaims claims, AgentSessions sessions, HeldAttempts held, ILogger<Reconciler> logger)
{
    public async Task<ReconcileResult> RunAsync(
        AgentHello hello, long epoch, bool journalChanged, IReadOnlyList<InventoryItem> inventory, CancellationToken cancellationToken)
    {
        var ids = inventory.Select(item => item.Attempt.JobId).Distinct().ToList();
        var jobs = (await leases.FindAsync(ids, cancellationToken)).ToDictionary(job => job.JobId, StringComparer.Ordinal);
        var verdicts = new List<Verdict>(inventory.Count);
        var isAhead = false;
        var isDoubtful = false;
        foreach (var (item, row, accepting) in Start(hello, epoch, inventory, jobs, cancellationToken))
        {
            isAhead |= row == ReconciliationRow.AheadOfTheRow;
            var verdict = await JudgeAsync(hello, epoch, item, row, jobs.GetValueOrDefault(item.Attempt.JobId), accepting, cancellationToken);
            verdicts.Add(verdict);
            isDoubtful |= verdict.Kind != Reconciliation.VerdictOf(row);
        }

        var leased = await leases.HeldByAsync(hello.AgentId, cancellationToken);
        await LoseAbsentAsync(hello, epoch, journalChanged, inventory, leased, cancellationToken);
        return new ReconcileResult
        {
            Verdicts = verdicts,
            Unaccepted = leased.Any(job => !job.IsAccepted) ? await claims.UnacceptedAsync(hello.AgentId, cancellationToken) : [],
            IsAheadOfTheRows = isAhead,

            // What a write refused may be lost to the attempt, or only to this session; the agent may not stop work for the latter.
            IsSuperseded = isDoubtful && !await sessions.IsNewestAsync(hello.AgentId, epoch, cancellationToken),
        };
    }

    private static AttemptHolder HolderOf(AgentHello hello, long epoch, string jobId, long fence) =>
        new() { AgentId = hello.AgentId, SessionEpoch = epoch, JobId = jobId, Fence = fence };

    /// <summary>Classifies each item, and asks at once for all acceptances: those of one Hello share a commit.</summary>
    private List<(InventoryItem Item, ReconciliationRow Row, Task<bool>? Accepting)> Start(
        AgentHello hello, long epoch, IReadOnlyList<InventoryItem> inventory, Dictionary<string, HeldJob> jobs, CancellationToken cancellationToken)
    {
        var started = new List<(InventoryItem, ReconciliationRow, Task<bool>?)>(inventory.Count);
        foreach (var item in inventory)
        {
            var job = jobs.GetValueOrDefault(item.Attempt.JobId);
            var row = Reconciliation.Classify(item, job, hello.AgentId, hello.BackendId, () => held.IsOver(hello.AgentId, item.Attempt));

            // A restart between the journal and the answer: the answer is the Hello itself.
            var accepts = row == ReconciliationRow.RunningAndHeld || (row == ReconciliationRow.EndedAndOpen && job!.AgentId is not null);
            started.Add((item, row, accepts ? leases.AcceptAsync(HolderOf(hello, epoch, item.Attempt.JobId, item.Attempt.Fence), cancellationToken) : null));
        }

        return started;
    }

    private async Task<Verdict> JudgeAsync(
        AgentHello hello, long epoch, InventoryItem item, ReconciliationRow row, HeldJob? job, Task<bool>? accepting, CancellationToken cancellationToken)
    {
        var holder = HolderOf(hello, epoch, item.Attempt.JobId, item.Attempt.Fence);
        var kind = Reconciliation.VerdictOf(row);
        switch (row)
        {
            case var _ when accepting is not null:
                kind = await accepting ? kind : VerdictKind.Stop;
                break;

            case ReconciliationRow.RunningAndLapsed or ReconciliationRow.EndedAndOpen:
                kind = await leases.ReAdoptAsync(holder, hasEnded: row == ReconciliationRow.EndedAndOpen, cancellationToken) ? kind : VerdictKind.Stop;
                break;

            case ReconciliationRow.ProcessLost:
                await leases.LoseAsync(holder, "The site was interrupted while the action ran", cancellationToken);
                break;

            case ReconciliationRow.UnknownJob:
                AgentLog.UnknownJob(logger, hello.AgentId, item.Attempt.JobId, item.Attempt.Fence);
                break;

            case ReconciliationRow.UnknownJobTooLong:
                AgentLog.UnknownJobTooLong(logger, hello.AgentId, item.Attempt.JobId, item.Attempt.Fence);
                break;

            case ReconciliationRow.AheadOfTheRow:
                AgentLog.AheadOfTheRow(logger, hello.AgentId, item.Attempt.JobId, item.Attempt.Fence, item.LastSequenceAcked);
                break;

            default:
                break;
        }

        CoordinatorMetrics.Judged(kind);
        AgentLog.Verdict(logger, hello.AgentId, item.Attempt.JobId, item.Attempt.Fence, row, kind);
        return new Verdict { Attempt = item.Attempt, Kind = kind, AppliedSequence = job?.AppliedSequence ?? 0, CurrentFence = job?.Fence ?? 0 };
    }

    private async Task LoseAbsentAsync(
        AgentHello hello, long epoch, bool journalChanged, IReadOnlyList<InventoryItem> inventory, IReadOnlyList<HeldJob> leased, CancellationToken cancellationToken)
    {
        var named = inventory.Select(item => (item.Attempt.JobId, item.Attempt.Fence)).ToHashSet();
        foreach (var job in leased)
        {
            if (named.Contains((job.JobId, job.Fence)))
            {
                continue;
            }

            var row = Reconciliation.ClassifyAbsent(job, journalChanged);
            if (row == ReconciliationRow.AbsentAndUnaccepted && !job.IsCancelRequested)
            {
                continue;
            }

            var holder = HolderOf(hello, epoch, job.JobId, job.Fence);
            if (row == ReconciliationRow.AbsentAndUnaccepted)
            {
                await leases.ReturnAsync(holder, "", cancellationToken);
                continue;
            }

            AgentLog.AttemptAbsent(logger, hello.AgentId, job.JobId, job.Fence, row);
            await leases.LoseAsync(holder, "The agent came back without it", cancellationToken);
        }
    }
}
