using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Execution;

internal static partial class ExecutionLog
{
    [LoggerMessage(4100, LogLevel.Information, "Attempt {Attempt} ended: {Kind} {Reason}, exit code {ExitCode}")]
    public static partial void Ended(this ILogger logger, AttemptKey attempt, StatusKind kind, FailureReason reason, int? exitCode);

    [LoggerMessage(4101, LogLevel.Warning, "Attempt {Attempt} is not ours any more: {Detail}")]
    public static partial void Fenced(this ILogger logger, AttemptKey attempt, string detail);

    [LoggerMessage(4102, LogLevel.Error, "Attempt {Attempt} failed: the disk is full")]
    public static partial void DiskFull(this ILogger logger, AttemptKey attempt, Exception error);

    [LoggerMessage(4103, LogLevel.Error, "Attempt {Attempt} failed for a reason of the agent's own")]
    public static partial void AttemptBroke(this ILogger logger, AttemptKey attempt, Exception error);

    [LoggerMessage(4104, LogLevel.Information, "Attempt {Attempt} accepted")]
    public static partial void Accepted(this ILogger logger, AttemptKey attempt);

    [LoggerMessage(4105, LogLevel.Information, "Attempt {Attempt} found again after a restart, process {Process}")]
    public static partial void Adopted(this ILogger logger, AttemptKey attempt, ProcessState process);

    [LoggerMessage(4106, LogLevel.Information, "Attempt {Attempt} discarded")]
    public static partial void Discarded(this ILogger logger, AttemptKey attempt);

    [LoggerMessage(4108, LogLevel.Critical, "Attempt {Attempt} still runs {Seconds:0} s after it was stopped by force: look at the machine")]
    public static partial void CannotBeStopped(this ILogger logger, AttemptKey attempt, double seconds);

    [LoggerMessage(4109, LogLevel.Warning, "{Step} failed, try {Number}")]
    public static partial void StepFailed(this ILogger logger, string step, int number, Exception error);

    [LoggerMessage(4110, LogLevel.Warning, "The drain has reached its deadline: {Count} attempts are interrupted where they have not ended yet")]
    public static partial void DrainEnds(this ILogger logger, int count);

    [LoggerMessage(4107, LogLevel.Error, "Attempt {Attempt} could not be cleaned up")]
    public static partial void CleanUpFailed(this ILogger logger, AttemptKey attempt, Exception error);

    [LoggerMessage(4111, LogLevel.Warning, "Attempt {Attempt} is being stopped ({Cause}), which could not be written down")]
    public static partial void StopNotNoted(this ILogger logger, AttemptKey attempt, StopCause cause, Exception error);

    [LoggerMessage(4112, LogLevel.Error, "Attempt {Attempt} was not accepted: the journal takes no record")]
    public static partial void NotAccepted(this ILogger logger, AttemptKey attempt, Exception error);

    [LoggerMessage(4113, LogLevel.Error, "The journal takes no record of {Attempt}; it is written as soon as there is room")]
    public static partial void NotWritten(this ILogger logger, AttemptKey attempt, Exception error);
}
