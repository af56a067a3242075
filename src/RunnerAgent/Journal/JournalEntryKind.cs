namespace JobServer.RunnerAgent.Journal;

/// <summary>Written to disk by name: a name is never given a new meaning.</summary>
internal enum JournalEntryKind
{
    Identity,
    Session,
    Attempt,
    Moved,
    Started,
    Reported,
    Acknowledged,
    CancelRequested,
    OutputsCommitted,
    Forgotten,
}
