namespace JobServer.Portal.Users;

internal static partial class UsersLog
{
    [LoggerMessage(4200, LogLevel.Information, "A picture could not be fetched ({Cause})")]
    public static partial void NoPicture(ILogger logger, string cause);

    [LoggerMessage(4201, LogLevel.Warning, "The stored token of user {UserId} cannot be read with the keys of this site")]
    public static partial void TokenUnreadable(ILogger logger, int userId);

    [LoggerMessage(4202, LogLevel.Warning, "What GitHub said of the stored token of user {UserId} could not be written down")]
    public static partial void TokenNotMarked(ILogger logger, Exception exception, int userId);

    [LoggerMessage(4203, LogLevel.Information, "GitHub refused the stored token of user {UserId}")]
    public static partial void TokenRefused(ILogger logger, int userId);
}
