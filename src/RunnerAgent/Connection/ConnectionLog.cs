using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Connection;

internal static partial class ConnectionLog
{
    [LoggerMessage(4000, LogLevel.Information, "Connected to coordinator {Coordinator}, session {Epoch}, {Verdicts} verdicts")]
    public static partial void Welcomed(this ILogger logger, string coordinator, long epoch, int verdicts);

    [LoggerMessage(4001, LogLevel.Information, "Session ended: {Kind} ({Detail}); connecting again in {Seconds:0.0} s")]
    public static partial void SessionEnded(this ILogger logger, SessionEndKind kind, string detail, double seconds);

    [LoggerMessage(4002, LogLevel.Information, "Verdict on {Attempt}: {Verdict}, applied up to {Sequence}")]
    public static partial void VerdictTaken(this ILogger logger, AttemptKey attempt, VerdictKind verdict, long sequence);

    [LoggerMessage(4003, LogLevel.Warning, "The coordinator misses reports of {Attempt} from {Expected} on")]
    public static partial void Gap(this ILogger logger, AttemptKey attempt, long expected);

    [LoggerMessage(4004, LogLevel.Warning, "A frame of an unknown kind was ignored: {Kind}")]
    public static partial void UnknownFrame(this ILogger logger, string kind);

    [LoggerMessage(4005, LogLevel.Information, "Mode is now {Mode}")]
    public static partial void ModeSet(this ILogger logger, AgentMode mode);

    [LoggerMessage(4006, LogLevel.Debug, "Goodbye was not said: {Detail}")]
    public static partial void GoodbyeFailed(this ILogger logger, string detail);

    [LoggerMessage(4007, LogLevel.Error, "The coordinator does not accept this agent's token; trying again in {Seconds:0} s. Jobs run on.")]
    public static partial void TokenRefused(this ILogger logger, double seconds);

    [LoggerMessage(4009, LogLevel.Error, "This agent was revoked: it gets no jobs, and asks again only in {Seconds:0} s. {Detail} To come back it needs an empty state directory.")]
    public static partial void Revoked(this ILogger logger, double seconds, string detail);

    [LoggerMessage(4010, LogLevel.Information, "Stopping: {Held} attempts are drained first, for at most {Seconds:0} s")]
    public static partial void DrainingToStop(this ILogger logger, int held, double seconds);

    [LoggerMessage(4011, LogLevel.Warning, "Stopping although {Held} attempts are not acknowledged yet; the next start goes on with them")]
    public static partial void DrainGivenUp(this ILogger logger, int held);

    [LoggerMessage(4012, LogLevel.Error, "Session {Epoch} could not be written to the journal; it goes on, and the record is tried again with each heartbeat")]
    public static partial void SessionNotRecorded(this ILogger logger, long epoch, Exception error);

    [LoggerMessage(4013, LogLevel.Warning, "An acknowledgement of {Attempt} could not be written to the journal; the report is sent again")]
    public static partial void AcknowledgementNotRecorded(this ILogger logger, AttemptKey attempt, Exception error);

    [LoggerMessage(4008, LogLevel.Warning, "Sandboxes do not work here: {Problem}")]
    public static partial void SandboxUnusable(this ILogger logger, string problem);
}
