namespace JobServer.Domain.Jobs;

/// <summary>Facts about status codes that pages and mails need.</summary>
public static class JobStatusCodes
{
    /// <summary>The sentence shown when the reporter gave none.</summary>
    public static string DefaultMessage(this JobStatusCode code) => code switch
    {
        JobStatusCode.Created => "Created",
        JobStatusCode.WaitingOnDependencies => "Waiting for the actions it needs",
        JobStatusCode.WaitingOnWorkers => "Waiting for a free slot at the backend",
        JobStatusCode.WaitingOnDbWorkers => "Waiting for a free database slot at the backend",
        JobStatusCode.WaitingOnAgent => "Handed to an agent of the backend",
        JobStatusCode.WaitingOnNewAttempt => "The last attempt was lost; waiting for a new one",
        JobStatusCode.Paused => "The backend is paused; the job starts when it resumes",
        JobStatusCode.WaitingDbMaintenance => "Waiting for the backend's database maintenance to end",
        JobStatusCode.Preparing => "Preparing the code and inputs",
        JobStatusCode.Executing => "Running",
        JobStatusCode.Finalizing => "Collecting outputs",
        JobStatusCode.Cancelling => "Being cancelled",
        JobStatusCode.Succeeded => "Completed successfully",
        JobStatusCode.NonzeroExit => "The action exited with an error",
        JobStatusCode.UnmatchedPatterns => "No output matched an expected pattern",
        JobStatusCode.DependencyFailed => "Not started because an action it needs failed",
        JobStatusCode.CancelledByUser => "Cancelled by a user",
        JobStatusCode.TimedOut => "Stopped at its time limit",
        JobStatusCode.NoOutput => "Stopped because it showed no activity for too long",
        JobStatusCode.OutOfMemory => "Stopped because it ran out of memory",
        JobStatusCode.ImageNotAvailable => "The backend does not offer this image",
        JobStatusCode.InputMissing => "An input from an earlier action is missing at the backend",
        JobStatusCode.SourceUnusable => "The study's code could not be unpacked at the backend",
        JobStatusCode.DiskFull => "The backend's disk is full",
        JobStatusCode.Lost => "Its attempts ended without a result",
        JobStatusCode.InternalError => "Something went wrong at the backend",
    };

    /// <summary>Whether an agent can give this code as the reason of a failure; the other codes are the service's own.</summary>
    public static bool IsReportableFailure(this JobStatusCode code) => code is
        JobStatusCode.NonzeroExit or JobStatusCode.UnmatchedPatterns or JobStatusCode.CancelledByUser or JobStatusCode.TimedOut
        or JobStatusCode.NoOutput or JobStatusCode.OutOfMemory or JobStatusCode.ImageNotAvailable or JobStatusCode.InputMissing or JobStatusCode.SourceUnusable
        or JobStatusCode.DiskFull or JobStatusCode.InternalError;

    /// <summary>Whether a job with this code counts as cancelled in the state of its request.</summary>
    public static bool IsCancellation(this JobStatusCode code) => code is JobStatusCode.CancelledByUser;
}
