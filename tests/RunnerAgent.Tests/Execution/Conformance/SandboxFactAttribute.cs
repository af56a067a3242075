namespace JobServer.RunnerAgent.Tests.Execution.Conformance;

/// <summary>Needs what sandboxes are made of; skipped by name where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SandboxFactAttribute : FactAttribute
{
    private static readonly (string Path, string Package)[] Needed =
        [("/usr/bin/bwrap", "bubblewrap"), ("/usr/bin/python3", "python3"), ("/usr/sbin/dockerd", "docker.io")];

    // An engine is a daemon of root's. CI is root, and a skipped test is a failure there.
    public SandboxFactAttribute()
    {
        if (Needed.FirstOrDefault(program => !File.Exists(program.Path)) is { Path: { } path, Package: { } package })
            Skip = $"{path} is missing (apt-get install {package})";
        else if (Environment.UserName != "root")
            Skip = "a container engine of the test's own needs root";
    }
}
