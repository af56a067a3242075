namespace JobServer.RunnerAgent.Workspaces;

internal static class DiskSpace
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    public static bool IsFull(Exception error) =>
        error is IOException && (error.HResult & 0xFFFF) is NoSpace or QuotaExceeded;

    /// <returns>In bytes.</returns>
    public static long Free(string directory) => new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;
}
