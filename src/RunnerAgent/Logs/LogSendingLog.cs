using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Logs;

/// <summary>About logs of jobs; never a byte of one.</summary>
internal static partial class LogSendingLog
{
    [LoggerMessage(4300, LogLevel.Information, "The log stream was interrupted ({Detail}); going on in {Seconds:0.0} s")]
    public static partial void Interrupted(this ILogger logger, string detail, double seconds);

    [LoggerMessage(4301, LogLevel.Warning, "The coordinator does not take the log of {Attempt}: {Refusal} {Detail}. It stays at the site.")]
    public static partial void Refused(this ILogger logger, AttemptKey attempt, LogRefusal refusal, string detail);

    [LoggerMessage(4302, LogLevel.Warning, "The log of {Attempt} was not taken within {Hours:0} hours of its end; it stays at the site")]
    public static partial void NotTaken(this ILogger logger, AttemptKey attempt, double hours);

    [LoggerMessage(4303, LogLevel.Error, "What was kept of {Attempt} for its log could not be removed")]
    public static partial void CleanUpFailed(this ILogger logger, AttemptKey attempt, Exception error);

    [LoggerMessage(4304, LogLevel.Warning, "The logs of all jobs are larger than {Limit} bytes (Agent:LogSpoolLimit): {Bytes} bytes of the log of {Attempt} will not be sent, and are told as a gap")]
    public static partial void GivenUp(this ILogger logger, AttemptKey attempt, long bytes, long limit);

    [LoggerMessage(4305, LogLevel.Error, "What {Attempt} printed could not be removed to make room for other logs")]
    public static partial void NotGivenUp(this ILogger logger, AttemptKey attempt, Exception error);

    [LoggerMessage(4306, LogLevel.Error, "How large the logs of all jobs are could not be found out")]
    public static partial void NotLookedAt(this ILogger logger, Exception error);
}
