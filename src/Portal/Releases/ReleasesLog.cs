namespace JobServer.Portal.Releases;

internal static partial class ReleasesLog
{
    [LoggerMessage(4200, LogLevel.Error, "The stored bytes of released file {FileId} do not match their digest {Digest}; they were not delivered. Restore the blob from a backup")]
    public static partial void Damaged(ILogger logger, string fileId, string digest);

    [LoggerMessage(4201, LogLevel.Error, "The stored bytes of released file {FileId} with digest {Digest} are missing or cut short. Restore the blob from a backup")]
    public static partial void Missing(ILogger logger, string fileId, string digest);
}
