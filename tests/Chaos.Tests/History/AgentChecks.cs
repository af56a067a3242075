using JobServer.Chaos.Tests.Processes;
using JobServer.Domain.Jobs;
using JobServer.RunnerAgent.Journal;

namespace JobServer.Chaos.Tests.History;

/// <summary>What must hold between the agents' journals, what was really started, and the rows.</summary>
internal static class AgentChecks
{
    public static IEnumerable<Violation> All(RunHistory history) =>
    [
        .. NothingAcknowledgedIsLost(history),
        .. AnAttemptStartsAtMostOnce(history),
        .. AStartIsJournalledAndLeased(history),
        .. AnAcceptedAttemptIsJournalled(history),
    ];

    /// <summary>I5: what an agent read as acknowledged is in the history of the job.</summary>
    public static IEnumerable<Violation> NothingAcknowledgedIsLost(RunHistory history)
    {
        var applied = history.Events.Where(RowChecks.IsApplied).GroupBy(row => new AttemptKey(row.JobId, row.Fence))
            .ToDictionary(rows => rows.Key, rows => rows.Max(row => row.Sequence));
        return from journal in history.Journals
               from attempt in journal.Value.Where(IsAcknowledgement).GroupBy(entry => entry.Key)
               let acknowledged = attempt.Max(entry => entry.Sequence)
               let stored = applied.GetValueOrDefault(attempt.Key)
               where acknowledged > stored
               select new Violation(
                   nameof(NothingAcknowledgedIsLost),
                   $"{journal.Key} had report {acknowledged} of fence {attempt.Key.Fence} acknowledged, the rows have {stored}.",
                   attempt.Key.JobId);
    }

    /// <summary>I7: no attempt is started twice, across all agents and restarts.</summary>
    public static IEnumerable<Violation> AnAttemptStartsAtMostOnce(RunHistory history) =>
        from starts in history.Starts.GroupBy(start => start.Key)
        where starts.Count() > 1
        select new Violation(
            nameof(AnAttemptStartsAtMostOnce), $"fence {starts.Key.Fence} was started by {string.Join(", ", starts.Select(start => start.Agent))}.", starts.Key.JobId);

    /// <summary>I8: what was started stood in the journal of an agent that had been given the lease.</summary>
    public static IEnumerable<Violation> AStartIsJournalledAndLeased(RunHistory history)
    {
        var leases = history.Events.Where(row => row.Kind == JobEventKind.Leased).Select(row => (new AttemptKey(row.JobId, row.Fence), row.AgentId)).ToHashSet();
        foreach (var start in history.Starts)
        {
            var journal = history.Journals[start.Agent];
            var identity = journal.FirstOrDefault(entry => entry.Kind == JournalEntryKind.Identity)?.AgentId;
            if (!journal.Any(entry => entry.Key == start.Key && (entry.Kind == JournalEntryKind.Started || entry.Started)))
            {
                yield return new Violation(nameof(AStartIsJournalledAndLeased), $"{start.Agent} started fence {start.Key.Fence} without a record of it.", start.Key.JobId);
            }

            if (!leases.Contains((start.Key, identity)))
            {
                yield return new Violation(nameof(AStartIsJournalledAndLeased), $"{start.Agent} started fence {start.Key.Fence} without a lease.", start.Key.JobId);
            }
        }
    }

    /// <summary>Principle 4: what applied a report was promised in the holder's journal before.</summary>
    public static IEnumerable<Violation> AnAcceptedAttemptIsJournalled(RunHistory history)
    {
        var promised = history.Journals.Values.SelectMany(journal => journal).Where(entry => entry.Kind == JournalEntryKind.Attempt).Select(entry => entry.Key).ToHashSet();
        return from attempt in history.Events.Where(RowChecks.IsApplied).Select(row => new AttemptKey(row.JobId, row.Fence)).Distinct()
               where !promised.Contains(attempt)
               select new Violation(nameof(AnAcceptedAttemptIsJournalled), $"fence {attempt.Fence} has reports, and no agent ever promised it.", attempt.JobId);
    }

    private static bool IsAcknowledgement(JournalEntry entry) => entry.Kind is JournalEntryKind.Acknowledged or JournalEntryKind.Attempt && entry.Sequence > 0;
}
