namespace JobServer.Portal.Site;

internal static partial class SiteLog
{
    [LoggerMessage(4900, LogLevel.Warning, "The notices of the site could not be read; pages show what was known before")]
    public static partial void NoticesNotRead(ILogger logger, Exception exception);
}
