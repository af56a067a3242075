using System.Diagnostics;

namespace JobServer.Portal.Tests.CodeHosts;

/// <summary>A real git repository in a temporary folder.</summary>
internal sealed class GitRepositoryFolder : IDisposable
{
    public GitRepositoryFolder()
    {
        Folder = Path.Combine(Root, "studies", "asthma-reviews");
        Directory.CreateDirectory(Folder);
        Git("init", "--quiet", "--initial-branch", "main");
    }

    /// <summary>The folder that holds owners' folders.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("jobserver-git-").FullName;

    public string Folder { get; }

    /// <summary>Commits one file and returns the commit.</summary>
    public string Commit(string path, string content)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        Git("add", "--all");
        Git("-c", "user.name=Test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message", path);
        return Git("rev-parse", "HEAD").Trim();
    }

    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
