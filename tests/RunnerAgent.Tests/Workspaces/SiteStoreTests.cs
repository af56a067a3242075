using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Workspaces;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Tests.Workspaces;

/// <summary>What is in the site's store when a result is journalled must still be there after a power cut.</summary>
public sealed class SiteStoreTests : IDisposable
{
    private static readonly AttemptKey Key = new("job1", 1);

    private readonly TempDirectory _temp = new();
    private readonly HashSet<string> _durable = [];
    private readonly SiteStore _site;

    public SiteStoreTests() => _site = new SiteStore(
        Options.Create(new AgentOptions { StateDirectory = _temp.Path, SiteDirectory = Root }), new SeededAgentRandom(1))
    {
        Sync = folder =>
        {
            Posix.SyncDirectory(folder);
            _durable.UnionWith(Directory.GetFileSystemEntries(folder));
        },
    };

    private string Root => _temp.Sub("site");

    [Fact]
    public async Task An_output_and_all_folders_above_it_are_durable_when_it_was_put_there()
    {
        var (sha256, _) = await _site.PutAsync(Source("a file"), CancellationToken.None);

        AssertDurable(_site.BlobPath(sha256));
    }

    [Fact]
    public void A_manifest_and_its_name_are_durable_when_they_were_written()
    {
        var digest = new string('a', 64);
        _site.WriteManifest(new SiteManifest { JobId = Key.JobId, Fence = 1, Workspace = "w", Action = "a", Commit = "", Files = [] });
        _site.NameManifest(Key, digest);

        AssertDurable(Path.Join(Root, "jobs", "job1", "manifest-1.json"));
        AssertDurable(Path.Join(Root, "jobs", "job1", $"manifest-{digest}.json"));
    }

    [Fact]
    public async Task A_log_is_durable_in_both_its_places_and_leaves_nothing_half_written()
    {
        await _site.PutLogAsync(Key, "my-workspace", "report", Source("a log"), CancellationToken.None);

        AssertDurable(Path.Join(Root, "jobs", "job1", "log-1.txt"));
        AssertDurable(Path.Join(Root, "workspaces", "my-workspace", "metadata", "report.log"));
        Assert.Equal(2, Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Length);
    }

    private void AssertDurable(string path)
    {
        Assert.True(File.Exists(path), path);
        for (var at = path; at != Root; at = Path.GetDirectoryName(at)!)
            Assert.Contains(at, _durable);
    }

    private string Source(string text)
    {
        var path = Path.Join(_temp.Path, "source");
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _temp.Dispose();
}
