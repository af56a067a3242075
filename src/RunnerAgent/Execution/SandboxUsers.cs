namespace JobServer.RunnerAgent.Execution;

/// <summary>
/// Gives each attempt a user number of its own, so that jobs cannot touch each other's processes
/// and a limit on processes counts one job only. The numbers in use are read from disk: a restarted
/// agent finds running sandboxes with theirs.
/// </summary>
internal sealed class SandboxUsers(int baseUserId)
{
    private readonly Lock _lock = new();

    public int Take(AttemptDirectory directory)
    {
        lock (_lock)
        {
            if (Read(directory) is { } taken)
                return taken;

            var others = Directory.EnumerateDirectories(Path.GetDirectoryName(directory.Root)!)
                .Select(other => Read(new AttemptDirectory(other)))
                .ToHashSet();
            var user = Enumerable.Range(baseUserId, others.Count + 1).First(candidate => !others.Contains(candidate));
            File.WriteAllText(directory.UserFile, user.ToString());
            return user;
        }
    }

    /// <summary>Makes a working directory the attempt's user's. An agent that is not root runs jobs as itself.</summary>
    public void Hand(AttemptDirectory directory)
    {
        if (!Posix.IsRoot)
            return;

        var user = Take(directory);
        Posix.ChangeOwner(directory.Work, user);
        foreach (var path in DirectoryTree.Entries(directory.Work))
            Posix.ChangeOwner(path, user);
    }

    private static int? Read(AttemptDirectory directory) =>
        File.Exists(directory.UserFile) && int.TryParse(File.ReadAllText(directory.UserFile), out var user) ? user : null;
}
