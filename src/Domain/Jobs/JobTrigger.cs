namespace JobServer.Domain.Jobs;

/// <summary>Something that may move a job.</summary>
public enum JobTrigger
{
    /// <summary>A Coordinator leases the job to an agent under a new fence.</summary>
    Lease,

    /// <summary>The lease ended before anything was reported: the agent refused it or never answered.</summary>
    ReturnLease,
    ReportPreparing,
    ReportExecuting,
    ReportFinalizing,
    ReportSucceeded,
    ReportFailed,

    /// <summary>The attempt ended without a result.</summary>
    LoseAttempt,

    /// <summary>As <see cref="LoseAttempt"/>, with no attempt left.</summary>
    GiveUp,
    RequestCancel,
    FailDependency,
}
