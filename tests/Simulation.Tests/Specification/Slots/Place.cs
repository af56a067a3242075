namespace JobServer.Simulation.Tests.Specification.Slots;

/// <summary>Where a job is, for the one agent of the model.</summary>
internal enum Place : byte
{
    Queued,

    /// <summary>Leased in the newest session.</summary>
    Held,

    /// <summary>Leased in an older session, and still leased.</summary>
    HeldFromBefore,

    /// <summary>The lease lapsed while the agent runs it.</summary>
    Lapsed,
    Ended,
}
