using System.IO.Hashing;
using System.Text;

namespace JobServer.RunnerAgent.Execution;

/// <summary>
/// Limits the memory of a whole job and not of each of its processes, and tells when it was
/// exceeded. Needs the right to make control groups, which an agent that is not root seldom has.
/// </summary>
internal static class MemoryCgroup
{
    private const string Version1 = "/sys/fs/cgroup/memory";
    private const string Version2 = "/sys/fs/cgroup";

    /// <returns>The group's directory, or null when groups cannot be used here.</returns>
    public static string? TryCreate(AttemptDirectory directory, long bytes)
    {
        // Agents with different state directories share the machine's groups.
        var place = Crc32.HashToUInt32(Encoding.UTF8.GetBytes(directory.Root));
        var name = $"{Path.GetFileName(directory.Root)}-{place:x8}";
        try
        {
            return File.Exists(Path.Join(Version1, "memory.limit_in_bytes"))
                ? Create(Path.Join(Version1, "jobserver", name), "memory.limit_in_bytes", bytes)
                : CreateVersion2(name, bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? CreateVersion2(string name, long bytes)
    {
        var controllers = Path.Join(Version2, "cgroup.controllers");
        if (!File.Exists(controllers) || !File.ReadAllText(controllers).Contains("memory", StringComparison.Ordinal))
            return null;

        var parent = Path.Join(Version2, "jobserver");
        Directory.CreateDirectory(parent);
        File.WriteAllText(Path.Join(Version2, "cgroup.subtree_control"), "+memory");
        File.WriteAllText(Path.Join(parent, "cgroup.subtree_control"), "+memory");
        return Create(Path.Join(parent, name), "memory.max", bytes);
    }

    private static string Create(string group, string limit, long bytes)
    {
        Directory.CreateDirectory(group);
        File.WriteAllText(Path.Join(group, limit), bytes.ToString());
        return group;
    }
}
