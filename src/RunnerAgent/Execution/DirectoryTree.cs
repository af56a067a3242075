using System.Diagnostics;
using System.IO.Enumeration;

namespace JobServer.RunnerAgent.Execution;

/// <summary>Walks and removes directories that study code has had its hands on. Links are never followed.</summary>
internal static class DirectoryTree
{
    private static readonly TimeSpan RemovalPatience = TimeSpan.FromMinutes(1);

    private const UnixFileMode OwnerAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Everything below a directory, links as themselves.</summary>
    public static IEnumerable<string> Entries(string root) =>
        new FileSystemEnumerable<string>(root, (ref FileSystemEntry entry) => entry.ToFullPath(), Everything)
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };

    public static void Delete(string root)
    {
        if (!Directory.Exists(root))
            return;

        try
        {
            Directory.Delete(root, recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // A job may have taken the rights to its own directories away.
            OpenUp(root);
            Directory.Delete(root, recursive: true);
        }
        catch (IOException)
        {
            // Names that are no text in any encoding of ours cannot be said here; the system's own program works by bytes.
            RemoveByBytes(root);
        }
    }

    private static void RemoveByBytes(string root)
    {
        using var remove = Process.Start(new ProcessStartInfo("/bin/rm", ["-rf", "--one-file-system", "--", root]) { UseShellExecute = false });
        if (remove is null || !remove.WaitForExit(RemovalPatience) || Directory.Exists(root))
            throw new IOException($"The directory {root} could not be removed.");
    }

    private static void OpenUp(string directory)
    {
        File.SetUnixFileMode(directory, OwnerAll);
        foreach (var child in new DirectoryInfo(directory).EnumerateDirectories("*", AllOfOne))
        {
            if (!child.Attributes.HasFlag(FileAttributes.ReparsePoint))
                OpenUp(child.FullName);
        }
    }

    private static readonly EnumerationOptions AllOfOne = new() { AttributesToSkip = FileAttributes.None };

    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,
    };
}
