using Grpc.Core;

namespace JobServer.Portal.Coordination;

internal static partial class CoordinationLog
{
    [LoggerMessage(4000, LogLevel.Debug, "The Coordinator could not be told of a change ({Status}); its poll will see it")]
    public static partial void NoticeFailed(ILogger logger, StatusCode status);

    [LoggerMessage(4001, LogLevel.Debug, "The Coordinator's changes cannot be watched ({Status}); open pages poll meanwhile")]
    public static partial void WatchFailed(ILogger logger, StatusCode status);
}
