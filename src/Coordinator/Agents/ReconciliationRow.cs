namespace JobServer.Coordinator.Agents;

/// <summary>The rows of the reconciliation table, by name; see docs/machines/reconciliation.md.</summary>
internal enum ReconciliationRow
{
    /// <summary>Running here, leased here under the same fence.</summary>
    RunningAndHeld,

    /// <summary>Running here, lapsed, and nobody took it.</summary>
    RunningAndLapsed,

    /// <summary>Running here, leased again under a higher fence.</summary>
    RunningButFenced,

    /// <summary>Running here, cancelled meanwhile.</summary>
    RunningButCancelled,

    /// <summary>Running here, ended under another fence.</summary>
    RunningButEnded,

    /// <summary>Ended here, the row is still open under this fence.</summary>
    EndedAndOpen,

    /// <summary>Ended here, and the row knows.</summary>
    EndedAndApplied,

    /// <summary>Not known here, leased and never accepted.</summary>
    AbsentAndUnaccepted,

    /// <summary>Not known here although accepted, with the same journal: a defect.</summary>
    AbsentWithJournal,

    /// <summary>Not known here although accepted, with a new journal: the disk was wiped.</summary>
    AbsentWithNewJournal,

    /// <summary>No such job.</summary>
    UnknownJob,

    /// <summary>No such job, and the agent has held it for as long as somebody might have wanted to look at it.</summary>
    UnknownJobTooLong,

    /// <summary>The agent has had more acknowledged than the row holds: the database was restored from an older copy.</summary>
    AheadOfTheRow,

    /// <summary>Started or accepted here, the process is gone without a result.</summary>
    ProcessLost,
}
