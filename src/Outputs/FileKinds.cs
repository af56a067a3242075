using System.Runtime.InteropServices;

namespace JobServer.Outputs;

/// <summary>
/// The kind of a file without following a link. The kernel is asked because .NET shows a pipe or a
/// device as an ordinary file, and opening one would wait for ever.
/// </summary>
internal static partial class FileKinds
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint TypeOnly = 0x1;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;

    public static unsafe FileKind Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return Portable(path);

        var answer = stackalloc byte[256];
        if (Statx(CurrentDirectory, path, NoFollow, TypeOnly, answer) != 0)
            return FileKind.Missing;

        return (*(ushort*)(answer + ModeOffset) & TypeMask) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Directory,
            _ => FileKind.Other,
        };
    }

    private static FileKind Portable(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists && !Directory.Exists(path))
            return FileKind.Missing;
        if (file.Attributes.HasFlag(FileAttributes.ReparsePoint) || file.Attributes.HasFlag(FileAttributes.Device))
            return FileKind.Other;

        return file.Attributes.HasFlag(FileAttributes.Directory) ? FileKind.Directory : FileKind.Regular;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* answer);
}
