namespace JobServer.Coordinator.Reports;

internal static partial class ReportLog
{
    [LoggerMessage(1100, LogLevel.Warning, "A batch of {Count} reports could not be applied together; trying one by one")]
    public static partial void BatchFailed(ILogger logger, Exception exception, int count);

    [LoggerMessage(1101, LogLevel.Error, "Report {Sequence} of job {JobId}, fence {Fence}, could not be applied; it was not acknowledged")]
    public static partial void ReportFailed(ILogger logger, Exception exception, string jobId, long fence, long sequence);

    [LoggerMessage(1104, LogLevel.Error, "Agent {AgentId} reported two ends of job {JobId}, fence {Fence}: {Applied} was applied, {Reported} was refused")]
    public static partial void Contradicted(
        ILogger logger, string agentId, string jobId, long fence, Domain.Jobs.JobStatusCode applied, Domain.Jobs.JobStatusCode reported);

    [LoggerMessage(1103, LogLevel.Error, "A round of the apply loop failed; its reports were not acknowledged")]
    public static partial void RoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(1102, LogLevel.Error, "Report {Sequence} of job {JobId}, fence {Fence}, makes no sense: {Problem}")]
    public static partial void Invalid(ILogger logger, string jobId, long fence, long sequence, string problem);
}
