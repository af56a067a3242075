namespace JobServer.Simulation.Tests.Specification.Slots;

internal enum SlotBug
{
    None,

    /// <summary>What an agent says it has free is believed; the rows are not counted.</summary>
    CreditsAlone,

    /// <summary>The rows are counted before the transaction that leases.</summary>
    CountedBeforeTheClaim,

    /// <summary>Leases of older sessions are not counted.</summary>
    ThisSessionAlone,

    /// <summary>One count for both kinds.</summary>
    KindsTogether,

    /// <summary>A coordinator that lost the agent to another still leases to it.</summary>
    OldSessionClaims,

    /// <summary>A lapsed lease is given back to its agent although another job has its slot.</summary>
    ReAdoptsWithoutRoom,
}
