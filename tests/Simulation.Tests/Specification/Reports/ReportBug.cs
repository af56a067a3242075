namespace JobServer.Simulation.Tests.Specification.Reports;

/// <summary>Deliberate bugs outside the guards of the store's writes.</summary>
internal enum ReportBug
{
    None,

    /// <summary>Whatever arrives is acknowledged by its own number.</summary>
    AckNotCumulative,

    /// <summary>A coordinator reads, and writes later whatever came between.</summary>
    WriteWithoutCompareAndSet,

    /// <summary>The session is looked at when the row is read, not when it is written.</summary>
    SessionCheckedOnRead,

    /// <summary>A report goes out before it is in the journal: after a crash another one gets its number.</summary>
    SentBeforeJournal,
}
