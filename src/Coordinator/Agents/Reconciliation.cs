using JobServer.Contracts.V1;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;

namespace JobServer.Coordinator.Agents;

/// <summary>Compares what an agent says it holds with the rows. Pure: the effects are guarded writes of <see cref="Reconciler"/>.</summary>
internal static class Reconciliation
{
    /// <param name="job">The job's row, or null when there is none.</param>
    /// <param name="backendId">The agent's own backend: another's job is unknown to it.</param>
    /// <param name="isHeldTooLong">Of an attempt of an unknown job, whether it has been held for its time.</param>
    public static ReconciliationRow Classify(InventoryItem item, HeldJob? job, string agentId, int backendId, Func<bool> isHeldTooLong)
    {
        if (job is null || job.BackendId != backendId)
        {
            return isHeldTooLong() ? ReconciliationRow.UnknownJobTooLong : ReconciliationRow.UnknownJob;
        }

        var fence = item.Attempt.Fence;
        if (fence > job.Fence || (fence == job.Fence && item.LastSequenceAcked > job.AppliedSequence))
        {
            return ReconciliationRow.AheadOfTheRow;
        }

        var isOpen = job.State is JobState.Pending or JobState.Running;
        var hasEnded = item.State is AttemptState.Reported or AttemptState.Acked;
        if (fence < job.Fence)
        {
            return isOpen ? ReconciliationRow.RunningButFenced : ReconciliationRow.RunningButEnded;
        }

        if (!isOpen)
        {
            return hasEnded ? ReconciliationRow.EndedAndApplied
                : job.StatusCode == JobStatusCode.CancelledByUser ? ReconciliationRow.RunningButCancelled
                : ReconciliationRow.RunningButEnded;
        }

        if (job.AgentId is not null && job.AgentId != agentId)
        {
            return ReconciliationRow.RunningButFenced;
        }

        if (job.AgentId is null && job.IsCancelRequested)
        {
            return ReconciliationRow.RunningButCancelled;
        }

        if (hasEnded)
        {
            // An interruption that was applied and whose acknowledgement was lost: the job waits for another attempt, and to
            // give this one back to an agent that then forgets it would hold the job for ever.
            return job.AgentId is null && item.LastSequenceMade <= job.AppliedSequence
                ? ReconciliationRow.EndedAndApplied
                : ReconciliationRow.EndedAndOpen;
        }

        if (item.Process == ProcessState.Lost)
        {
            return ReconciliationRow.ProcessLost;
        }

        return job.AgentId is null ? ReconciliationRow.RunningAndLapsed : ReconciliationRow.RunningAndHeld;
    }

    /// <summary>For a job leased to the agent that its inventory does not name.</summary>
    public static ReconciliationRow ClassifyAbsent(HeldJob job, bool journalChanged) => (job.IsAccepted, journalChanged) switch
    {
        (false, _) => ReconciliationRow.AbsentAndUnaccepted,
        (true, true) => ReconciliationRow.AbsentWithNewJournal,
        (true, false) => ReconciliationRow.AbsentWithJournal,
    };

    public static VerdictKind VerdictOf(ReconciliationRow row) => row switch
    {
        ReconciliationRow.RunningAndHeld => VerdictKind.Keep,
        ReconciliationRow.RunningAndLapsed => VerdictKind.Readopt,
        ReconciliationRow.RunningButFenced => VerdictKind.Stop,
        ReconciliationRow.RunningButCancelled => VerdictKind.Stop,
        ReconciliationRow.RunningButEnded => VerdictKind.Stop,
        ReconciliationRow.EndedAndOpen => VerdictKind.Send,
        ReconciliationRow.EndedAndApplied => VerdictKind.Forget,
        ReconciliationRow.UnknownJob => VerdictKind.Hold,
        ReconciliationRow.UnknownJobTooLong => VerdictKind.Stop,
        ReconciliationRow.AheadOfTheRow => VerdictKind.Hold,
        ReconciliationRow.ProcessLost => VerdictKind.Lost,
        ReconciliationRow.AbsentAndUnaccepted or ReconciliationRow.AbsentWithJournal or ReconciliationRow.AbsentWithNewJournal =>
            throw new ArgumentOutOfRangeException(nameof(row), row, "There is nothing at the agent to give a verdict on."),
    };
}
