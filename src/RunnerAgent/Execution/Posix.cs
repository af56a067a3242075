using System.Runtime.InteropServices;

namespace JobServer.RunnerAgent.Execution;

/// <summary>The few calls of the operating system that .NET does not offer. Linux only.</summary>
internal static partial class Posix
{
    public const int Term = 15;
    public const int Kill = 9;

    public static bool IsRoot => geteuid() == 0;

    public static int UserId => (int)geteuid();

    /// <returns>False when the process is gone already.</returns>
    public static bool Signal(int process, int signal) => process > 1 && kill(process, signal) == 0;

    /// <summary>Makes the names in a directory durable.</summary>
    public static void SyncDirectory(string path)
    {
        var file = open(path, 0);
        if (file < 0)
            throw new IOException($"The directory {path} cannot be opened to make it durable (error {Marshal.GetLastPInvokeError()}).");

        var result = fsync(file);
        var error = Marshal.GetLastPInvokeError();
        _ = close(file);
        if (result != 0)
            throw new IOException($"The directory {path} cannot be made durable (error {error}).");
    }

    /// <summary>Gives a file, or a link itself, to a user and the group of the same number.</summary>
    public static void ChangeOwner(string path, int user)
    {
        if (lchown(path, (uint)user, (uint)user) != 0)
            throw new IOException($"The owner of {path} cannot be set (error {Marshal.GetLastPInvokeError()}).");
    }

    /// <returns>False when it is there already: of several callers, processes too, one makes it.</returns>
    public static bool MakeDirectory(string path)
    {
        if (mkdir(path, 0x1C0) == 0)
            return true;

        var error = Marshal.GetLastPInvokeError();
        return error == AlreadyExists ? false : throw new IOException($"The directory {path} cannot be made (error {error}).");
    }

    private const int AlreadyExists = 17;

#pragma warning disable SA1300, IDE1006 // Named as the system names them.
    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint geteuid();

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fsync(int file);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int file);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int lchown(string path, uint user, uint group);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int mkdir(string path, uint mode);
#pragma warning restore SA1300, IDE1006
}
