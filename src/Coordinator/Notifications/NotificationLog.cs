namespace JobServer.Coordinator.Notifications;

internal static partial class NotificationLog
{
    [LoggerMessage(3000, LogLevel.Warning, "Message {Id} could not be sent (try {Attempt})")]
    public static partial void NotSent(ILogger logger, Exception exception, long id, int attempt);
}
