namespace JobServer.Domain.Jobs;

/// <summary>Why a job is in its state.</summary>
public enum JobStatusCode
{
    // Pending
    Created,
    WaitingOnDependencies,
    WaitingOnWorkers,
    WaitingOnDbWorkers,

    /// <summary>Leased to an agent that has not said yet that it started.</summary>
    WaitingOnAgent,
    WaitingOnNewAttempt,
    Paused,
    WaitingDbMaintenance,

    // Running
    Preparing,
    Executing,
    Finalizing,
    Cancelling,

    // Succeeded
    Succeeded,

    // Failed
    NonzeroExit,
    UnmatchedPatterns,
    DependencyFailed,
    CancelledByUser,
    TimedOut,

    /// <summary>Stopped because it printed and wrote nothing for too long.</summary>
    NoOutput,
    OutOfMemory,
    ImageNotAvailable,
    InputMissing,
    SourceUnusable,
    DiskFull,
    Lost,
    InternalError,
}
