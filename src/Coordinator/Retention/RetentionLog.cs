namespace JobServer.Coordinator.Retention;

internal static partial class RetentionLog
{
    [LoggerMessage(2100, LogLevel.Information, "What was left of {Uploads} uploads of attempts that are over was removed")]
    public static partial void UploadsRemoved(ILogger logger, int uploads);

    [LoggerMessage(2101, LogLevel.Information, "The stored logs of {Attempts} attempts were deleted, {Days} days after their jobs ended")]
    public static partial void LogsDeleted(ILogger logger, int attempts, double days);
}
