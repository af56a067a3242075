namespace JobServer.RunnerAgent.Execution;

/// <summary>What /proc says.</summary>
internal static class ProcessTable
{
    private const int StateField = 0;
    private const int ParentField = 1;
    private const int StartField = 19;

    public static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>Whether that very process lives: a number may have been used again since.</summary>
    public static bool IsAlive(int process, string startTime) =>
        Stat(process) is { } stat && stat[StartField] == startTime && stat[StateField] is not ("Z" or "X");

    /// <summary>Children, their children, and so on, without the process itself.</summary>
    public static IReadOnlyList<int> Descendants(int process)
    {
        var children = All().ToLookup(entry => entry.Parent, entry => entry.Process);
        var found = new List<int>();
        var open = new Queue<int>([process]);
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in children[parent])
            {
                found.Add(child);
                open.Enqueue(child);
            }
        }

        return found;
    }

    private static IEnumerable<(int Process, int Parent)> All()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), out var process) && Stat(process) is { } stat)
                yield return (process, int.Parse(stat[ParentField]));
        }
    }

    /// <summary>The fields after the name, which may hold spaces and brackets itself.</summary>
    private static string[]? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
