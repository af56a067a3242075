using JobServer.Contracts.V1;

namespace JobServer.Coordinator.Logs;

/// <summary>About logs of jobs; never a byte of one.</summary>
internal static partial class LogLog
{
    [LoggerMessage(1200, LogLevel.Warning, "Agent {AgentId} of backend {BackendId} sent log of job {JobId}, fence {Fence}, which was refused: {Refusal} {Message}")]
    public static partial void Refused(
        ILogger logger, string agentId, int backendId, string jobId, long fence, LogRefusal refusal, string message);

    [LoggerMessage(1201, LogLevel.Error, "Log of job {JobId}, fence {Fence}, cannot be stored; the agent keeps it and tries again")]
    public static partial void NotStored(ILogger logger, Exception exception, string jobId, long fence);
}
