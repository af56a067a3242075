using System.Diagnostics;

namespace JobServer.AllInOne.Demo;

/// <summary>The demo study as a git repository with a good and a broken branch. Made once; a person may change it then.</summary>
internal static class DemoRepository
{
    public const string HostAddress = "https://demo.local";
    public const string Address = HostAddress + "/studies/asthma-exacerbations";
    public const string MainBranch = "main";
    public const string BrokenBranch = "broken";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task MakeAsync(string repositoriesDirectory, CancellationToken cancellationToken)
    {
        var target = Path.Combine(repositoriesDirectory, "studies", "asthma-exacerbations");
        if (Directory.Exists(target))
        {
            return;
        }

        // Made aside and moved into place, so that a killed start leaves no half repository.
        var temporary = target + ".new";
        if (Directory.Exists(temporary))
        {
            Directory.Delete(temporary, recursive: true);
        }

        var study = Path.Combine(AppContext.BaseDirectory, "demo", "study");
        Copy(Path.Combine(study, MainBranch), temporary);
        await GitAsync(temporary, ["init", "--quiet", "--initial-branch", MainBranch], cancellationToken);
        await CommitAsync(temporary, "Describe asthma exacerbations against preventer cover", cancellationToken);
        await GitAsync(temporary, ["checkout", "--quiet", "-b", BrokenBranch], cancellationToken);
        Copy(Path.Combine(study, BrokenBranch), temporary);
        await CommitAsync(temporary, "Rename a column and a table", cancellationToken);
        await GitAsync(temporary, ["checkout", "--quiet", MainBranch], cancellationToken);
        Directory.Move(temporary, target);
    }

    private static async Task CommitAsync(string folder, string message, CancellationToken cancellationToken)
    {
        await GitAsync(folder, ["add", "--all"], cancellationToken);
        await GitAsync(
            folder,
            ["-c", "user.name=Demo Researcher", "-c", "user.email=researcher@demo.invalid", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", message],
            cancellationToken);
    }

    private static async Task GitAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardError = true, UseShellExecute = false };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git could not be started. Install it and start again.");
        var errors = await git.StandardError.ReadToEndAsync(deadline.Token);
        await git.WaitForExitAsync(deadline.Token);
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException($"The demo repository could not be made: git {arguments[0]} said: {errors.Trim()}");
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
