namespace JobServer.Simulation.Tests.Specification.Attempts;

/// <summary>Deliberate bugs outside the guards of the store's writes.</summary>
internal enum AttemptBug
{
    None,
    AckBeforeCommit,
    NoJournal,
    JournalAfterStart,
    ExpiryWithoutMargin,
    LeaseOnlyInMemory,
    CancelOnlyInMemory,
    LateStart,
    NoAckDeadline,
}
