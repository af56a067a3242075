using JobServer.Contracts.V1;

namespace JobServer.Coordinator.Agents;

internal static partial class AgentLog
{
    [LoggerMessage(1000, LogLevel.Information, "Agent {AgentId} of backend {BackendId} connected with epoch {Epoch}, holding {Held} attempts")]
    public static partial void Connected(ILogger logger, string agentId, int backendId, long epoch, int held);

    [LoggerMessage(1001, LogLevel.Information, "Agent {AgentId} with epoch {Epoch} disconnected: {Reason}")]
    public static partial void Disconnected(ILogger logger, string agentId, long epoch, string reason);

    [LoggerMessage(1002, LogLevel.Warning, "An agent of backend {BackendId} was refused: {Reason} {Message}")]
    public static partial void Refused(ILogger logger, int backendId, RefuseReason reason, string message);

    [LoggerMessage(1003, LogLevel.Debug, "Agent {AgentId}, job {JobId}, fence {Fence}: {Row} gives {Verdict}")]
    public static partial void Verdict(ILogger logger, string agentId, string jobId, long fence, ReconciliationRow row, VerdictKind verdict);

    [LoggerMessage(1004, LogLevel.Error, "Agent {AgentId} holds job {JobId}, fence {Fence}, which the database does not know; it keeps the outputs")]
    public static partial void UnknownJob(ILogger logger, string agentId, string jobId, long fence);

    [LoggerMessage(1005, LogLevel.Critical, "Agent {AgentId} has had report {Sequence} of job {JobId}, fence {Fence}, acknowledged, but the database does not hold it: was it restored from a backup?")]
    public static partial void AheadOfTheRow(ILogger logger, string agentId, string jobId, long fence, long sequence);

    [LoggerMessage(1006, LogLevel.Warning, "Agent {AgentId} came back without job {JobId}, fence {Fence}: {Row}")]
    public static partial void AttemptAbsent(ILogger logger, string agentId, string jobId, long fence, ReconciliationRow row);

    [LoggerMessage(1007, LogLevel.Warning, "Agent {AgentId} did not answer the assignment of job {JobId}, fence {Fence}; it was taken back")]
    public static partial void AssignmentUnanswered(ILogger logger, string agentId, string jobId, long fence);

    [LoggerMessage(1009, LogLevel.Critical, "Agent {AgentId} with epoch {Epoch} gets no assignments: it has seen more than the database holds. If the database was restored from a backup, keep this agent's state directory")]
    public static partial void SafeMode(ILogger logger, string agentId, long epoch);

    [LoggerMessage(1010, LogLevel.Error, "The session of agent {AgentId} with epoch {Epoch} failed")]
    public static partial void Failed(ILogger logger, Exception exception, string agentId, long epoch);

    [LoggerMessage(1011, LogLevel.Error, "The timing of backend {BackendId} does not fit together, so the Coordinator's own is used: {Problem}")]
    public static partial void UnsoundTiming(ILogger logger, int backendId, string problem);

    [LoggerMessage(1008, LogLevel.Warning, "Agent {AgentId} sent a frame that this version does not take, {Kind}; such frames are ignored and named once for each session")]
    public static partial void UnknownFrame(ILogger logger, string agentId, AgentFrame.FrameOneofCase kind);

    [LoggerMessage(1012, LogLevel.Error, "Agent {AgentId} has held job {JobId}, fence {Fence}, which the database does not know, for as long as it may; it was told to stop and discards it")]
    public static partial void UnknownJobTooLong(ILogger logger, string agentId, string jobId, long fence);
}
