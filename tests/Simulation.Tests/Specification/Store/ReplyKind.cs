namespace JobServer.Simulation.Tests.Specification.Store;

internal enum ReplyKind : byte
{
    Done,
    Refused,

    /// <summary>With the sequence that may be acknowledged.</summary>
    Applied,

    /// <summary>With the sequence that is expected.</summary>
    Gap,

    /// <summary>With the current fence.</summary>
    Fenced,
    StaleSession,

    /// <summary>The attempt has ended otherwise already.</summary>
    Contradicts,
    Queued,
    Ended,
    Stopping,
}
