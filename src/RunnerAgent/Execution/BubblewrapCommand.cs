namespace JobServer.RunnerAgent.Execution;

/// <summary>Builds the command line that confines a program. What is not named here does not exist inside.</summary>
internal sealed class BubblewrapCommand(SandboxOptions options, bool root)
{
    public const string Workspace = "/workspace";
    public const string ToolDirectory = "/opt/jobserver/bin";

    private const int UserInside = 1000;
    private const long TemporaryBytes = 1024L * 1024 * 1024;
    private const int StatusDescriptor = 3;
    private const int FilterDescriptor = 4;

    private static readonly string[] System =
        ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/alternatives", "/etc/R", "/etc/fonts", "/etc/localtime"];

    /// <param name="request">What to run.</param>
    /// <param name="etc">A directory with passwd, group and hosts for the inside.</param>
    /// <param name="tools">A directory of links, first in PATH.</param>
    /// <param name="user">The user number on this machine when the agent is root.</param>
    /// <param name="limitAddressSpace">Where no control group limits memory.</param>
    public IReadOnlyList<string> Build(SandboxRequest request, string etc, string tools, int user, bool limitAddressSpace)
    {
        var words = new List<string>
        {
            options.BubblewrapPath,
            "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try",
            "--new-session", "--die-with-parent", "--clearenv", "--hostname", "sandbox",
            "--json-status-fd", StatusDescriptor.ToString(),
            "--seccomp", FilterDescriptor.ToString(),
            "--cap-drop", "ALL",
        };

        // Root on the machine becomes an ordinary user below, as the last step before the program.
        // Anyone else gets a user namespace, and the program may make none inside it.
        words.AddRange(root
            ? ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"]
            : ["--unshare-user", "--disable-userns", "--uid", $"{UserInside}", "--gid", $"{UserInside}"]);

        // Parents that bubblewrap makes by itself are closed to all but root.
        foreach (var folder in new[] { "/etc", "/opt", "/opt/jobserver" })
            words.AddRange(["--perms", "0755", "--dir", folder]);

        foreach (var path in System.Concat(options.ReadOnlyPaths))
            words.AddRange(["--ro-bind-try", path, path]);
        foreach (var name in new[] { "passwd", "group", "hosts" })
            words.AddRange(["--ro-bind", Path.Join(etc, name), $"/etc/{name}"]);

        words.AddRange(["--proc", "/proc", "--dev", "/dev"]);
        words.AddRange(["--perms", "1777", "--size", $"{TemporaryBytes}", "--tmpfs", "/tmp"]);
        words.AddRange(["--perms", "1777", "--size", $"{TemporaryBytes}", "--tmpfs", "/dev/shm"]);
        words.AddRange(["--ro-bind", tools, ToolDirectory]);
        words.AddRange(["--bind", request.Directory.Work, Workspace, "--chdir", Workspace]);

        // In place of the one that an image brings along.
        words.AddRange(["--setenv", "PATH", $"{ToolDirectory}:/usr/local/bin:/usr/bin:/bin"]);
        foreach (var (name, value) in request.Environment)
            words.AddRange(["--setenv", name, value]);

        words.Add("--");
        words.AddRange(Limits(request.Limits, limitAddressSpace));
        if (root)
        {
            words.AddRange(["/usr/bin/setpriv", "--reuid", $"{user}", "--regid", $"{user}", "--clear-groups"]);
            words.AddRange(["--inh-caps=-all", "--bounding-set=-all", "--no-new-privs", "--"]);
        }

        words.AddRange(request.Command);
        return words;
    }

    public string Passwd(int user) => $"study:x:{Inside(user)}:{Inside(user)}:study:/tmp:/bin/sh\n";

    public string Group(int user) => $"study:x:{Inside(user)}:\n";

    private int Inside(int user) => root ? user : UserInside;

    private static IEnumerable<string> Limits(SandboxLimits limits, bool addressSpace)
    {
        yield return "/usr/bin/prlimit";
        yield return "--core=0";
        yield return $"--nproc={limits.Processes}";
        yield return $"--fsize={limits.FileSize}";
        yield return $"--cpu={(long)Math.Ceiling(limits.ProcessorTime.TotalSeconds)}";
        if (addressSpace)
            yield return $"--as={limits.Memory}";
        yield return "--";
    }
}
