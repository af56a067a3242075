namespace JobServer.Portal.Audit;

internal static partial class AuditLogMessages
{
    [LoggerMessage(EventId = 1801, Level = LogLevel.Critical, Message = "The audit log does not hold row {Sequence} as it was exported. Run `audit verify` and find out who changed the database.")]
    public static partial void NotAsExported(ILogger logger, long sequence);

    [LoggerMessage(EventId = 1802, Level = LogLevel.Error, Message = "The head of the audit log was not exported to {File} (Audit:HeadsFile).")]
    public static partial void NotExported(ILogger logger, string file, Exception error);
}
