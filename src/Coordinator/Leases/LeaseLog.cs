namespace JobServer.Coordinator.Leases;

internal static partial class LeaseLog
{
    [LoggerMessage(2000, LogLevel.Warning, "The lease of agent {AgentId} on job {JobId}, fence {Fence}, lapsed")]
    public static partial void Lapsed(ILogger logger, string agentId, string jobId, long fence);
}
