using System.Diagnostics;
using JobServer.AllInOne;

namespace JobServer.EndToEnd.Tests;

/// <summary>The whole service as <c>run.sh</c> starts it, in this process, on free ports and a data folder of its own.</summary>
public class AllInOneFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobserver-e2e-").FullName;

    public AllInOneSite Site { get; private set; } = null!;

    public string DataDirectory => _folder;

    /// <summary>Of both agents, beside those of the demonstration.</summary>
    protected virtual IReadOnlyDictionary<string, string?> AgentSettings => new Dictionary<string, string?>();

    public virtual async Task InitializeAsync()
    {
        if (Programs.OfServiceAreMissing)
        {
            return;
        }

        // Everybody who signs in here comes from one address.
        var settings = new Dictionary<string, string?> { ["Portal:Limits:SignInsPerMinute"] = "1000" };
        Site = await AllInOneSite.StartAsync(
            new AllInOneOptions { Port = 0, DataDirectory = _folder, IsQuiet = true, PortalSettings = settings, AgentSettings = AgentSettings }, CancellationToken.None);
    }

    public virtual async Task DisposeAsync()
    {
        if (Site is not null)
        {
            await Site.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A study of a test's own, at the address that is returned.</summary>
    public async Task<string> AddStudyAsync(string name, IReadOnlyDictionary<string, string> files)
    {
        var folder = Path.Combine(_folder, "repositories", "studies", name);
        foreach (var (path, content) in files)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllTextAsync(target, content);
        }

        await GitAsync(folder, "init", "--quiet", "--initial-branch", "main");
        await GitAsync(folder, "add", "--all");
        await GitAsync(folder, "-c", "user.name=Test", "-c", "user.email=test@demo.invalid", "commit", "--quiet", "--message", "A study");
        return $"https://demo.local/studies/{name}";
    }

    private static async Task GitAsync(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, UseShellExecute = false })!;
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
    }
}
