namespace JobServer.Domain.Jobs;

/// <summary>
/// What a job may do next: total over phase, stage and trigger. Drawn in docs/machines/job.md, which a test compares with it.
/// </summary>
public static class JobStateMachine
{
    public static JobPhase Phase(JobState state, bool isLeased) => state switch
    {
        JobState.Pending => isLeased ? JobPhase.Leased : JobPhase.Queued,
        JobState.Running => JobPhase.Running,
        JobState.Succeeded or JobState.Failed => JobPhase.Ended,
    };

    /// <param name="code">The job's present status code: tells the stages of <see cref="JobPhase.Running"/> apart.</param>
    public static JobTransition Next(JobPhase phase, JobStatusCode code, bool cancelRequested, JobTrigger trigger) => phase switch
    {
        JobPhase.Queued => FromQueued(cancelRequested, trigger),
        JobPhase.Leased => FromLeased(cancelRequested, trigger),
        JobPhase.Running => FromRunning(code, cancelRequested, trigger),
        JobPhase.Ended => new JobTransition.Refused(JobRefusal.AlreadyEnded),
    };

    private static JobTransition FromQueued(bool cancelRequested, JobTrigger trigger) => trigger switch
    {
        JobTrigger.Lease when cancelRequested => new JobTransition.Refused(JobRefusal.CancelRequested),
        JobTrigger.Lease => new JobTransition.Moves(JobPhase.Leased, JobStatusCode.WaitingOnAgent),
        JobTrigger.RequestCancel => new JobTransition.Moves(JobPhase.Ended, JobStatusCode.CancelledByUser),
        JobTrigger.FailDependency => new JobTransition.Moves(JobPhase.Ended, JobStatusCode.DependencyFailed),
        _ => new JobTransition.Refused(JobRefusal.NotLeased),
    };

    private static JobTransition FromLeased(bool cancelRequested, JobTrigger trigger) => trigger switch
    {
        JobTrigger.Lease => new JobTransition.Refused(JobRefusal.AlreadyLeased),
        JobTrigger.ReportPreparing => Running(JobStatusCode.Preparing, cancelRequested),
        JobTrigger.ReportExecuting => Running(JobStatusCode.Executing, cancelRequested),
        JobTrigger.ReportFinalizing => Running(JobStatusCode.Finalizing, cancelRequested),
        JobTrigger.ReportSucceeded => new JobTransition.Moves(JobPhase.Ended, JobStatusCode.Succeeded),
        JobTrigger.ReportFailed => new JobTransition.Moves(JobPhase.Ended, null),
        JobTrigger.ReturnLease when cancelRequested => new JobTransition.Moves(JobPhase.Ended, JobStatusCode.CancelledByUser),
        JobTrigger.ReturnLease => new JobTransition.Moves(JobPhase.Queued, JobStatusCode.WaitingOnWorkers),
        JobTrigger.LoseAttempt or JobTrigger.GiveUp => Lost(cancelRequested, trigger),

        // The agent may have started: cancelled for good once it confirms or loses the attempt.
        JobTrigger.RequestCancel => new JobTransition.Stays(),
        JobTrigger.FailDependency => new JobTransition.Refused(JobRefusal.AlreadyLeased),
    };

    private static JobTransition FromRunning(JobStatusCode code, bool cancelRequested, JobTrigger trigger) => trigger switch
    {
        JobTrigger.Lease => new JobTransition.Refused(JobRefusal.AlreadyLeased),
        JobTrigger.ReportPreparing => Forward(code, JobStatusCode.Preparing, cancelRequested),
        JobTrigger.ReportExecuting => Forward(code, JobStatusCode.Executing, cancelRequested),
        JobTrigger.ReportFinalizing => Forward(code, JobStatusCode.Finalizing, cancelRequested),
        JobTrigger.ReportSucceeded => new JobTransition.Moves(JobPhase.Ended, JobStatusCode.Succeeded),
        JobTrigger.ReportFailed => new JobTransition.Moves(JobPhase.Ended, null),
        JobTrigger.LoseAttempt or JobTrigger.GiveUp => Lost(cancelRequested, trigger),
        JobTrigger.RequestCancel => new JobTransition.Moves(JobPhase.Running, JobStatusCode.Cancelling),
        JobTrigger.ReturnLease => new JobTransition.Refused(JobRefusal.OutOfOrder),
        JobTrigger.FailDependency => new JobTransition.Refused(JobRefusal.AlreadyLeased),
    };

    private static JobTransition.Moves Running(JobStatusCode stage, bool cancelRequested) =>
        new(JobPhase.Running, cancelRequested ? JobStatusCode.Cancelling : stage);

    private static JobTransition Forward(JobStatusCode from, JobStatusCode to, bool cancelRequested) =>
        from != JobStatusCode.Cancelling && from > to
            ? new JobTransition.Refused(JobRefusal.OutOfOrder)
            : Running(to, cancelRequested);

    private static JobTransition.Moves Lost(bool cancelRequested, JobTrigger trigger) => (cancelRequested, trigger) switch
    {
        (true, _) => new(JobPhase.Ended, JobStatusCode.CancelledByUser),
        (false, JobTrigger.GiveUp) => new(JobPhase.Ended, JobStatusCode.Lost),
        _ => new(JobPhase.Queued, JobStatusCode.WaitingOnNewAttempt),
    };
}
