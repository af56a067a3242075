namespace JobServer.Simulation.Tests.Specification.Store;

/// <summary>A condition of the store's writes. Removing one makes a store with a deliberate bug.</summary>
internal enum Guard
{
    None,
    ReportFence,
    ReportHolder,
    ReportSession,
    ReportAfterEnd,
    ReportGap,
    ReportRepeat,
    ClaimCompareAndSet,
    ClaimRaisesFence,
    ClaimSession,
    ClaimRestartsSequence,
    RenewSession,
    LeaseFence,
    LeaseHolder,
    LeaseSession,
    ReturnUnacceptedOnly,
    LapseSilentOnly,
    LossKeepsCancel,
    LossEndsAtLimit,
    LossIsNoFailure,
    ReAdoptFence,
    ReAdoptFreeOnly,
    ReAdoptOwnOnly,
    ReAdoptSession,
    CancelQueuedAtOnce,
    CancelOpenOnly,
}
