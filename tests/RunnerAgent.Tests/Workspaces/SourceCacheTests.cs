using System.Text;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Transfers;
using JobServer.RunnerAgent.Workspaces;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Tests.Workspaces;

public sealed class SourceCacheTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Attempt Attempt = new() { JobId = "job1", Fence = 1 };

    private readonly TempDirectory _temp = new();
    private readonly FakeTransfers _transfers = new();
    private readonly SourceCache _cache;

    public SourceCacheTests()
    {
        var session = new LiveSession();
        session.Begin(1);
        _cache = new SourceCache(
            Options.Create(new AgentOptions { StateDirectory = _temp.Path }),
            _transfers,
            new TransferRetry(session, new SeededAgentRandom(1), TimeProvider.System));
    }

    private string Folder => Path.Join(_temp.Path, "sources");

    [Fact]
    public async Task A_slow_download_holds_up_the_jobs_of_its_own_study_only()
    {
        var slow = Publish("slow");
        var gate = _transfers.Gates[slow.Sha256] = new TaskCompletionSource();
        var first = GetAsync(slow);
        await Wait.UntilAsync(() => _transfers.Asked.Contains(slow.Sha256), "the slow download begins", 10);

        Assert.Equal("other", await File.ReadAllTextAsync(await GetAsync(Publish("other")).WaitAsync(Patience)));

        Assert.False(first.IsCompleted);
        gate.SetResult();
        Assert.Equal("slow", await File.ReadAllTextAsync(await first.WaitAsync(Patience)));
    }

    [Fact]
    public async Task Two_jobs_of_one_study_fetch_it_once()
    {
        var source = Publish("shared");
        var gate = _transfers.Gates[source.Sha256] = new TaskCompletionSource();
        var both = Task.WhenAll(GetAsync(source), GetAsync(source));
        await Wait.UntilAsync(() => !_transfers.Asked.IsEmpty, "the download begins", 10);

        gate.SetResult();

        var paths = await both.WaitAsync(Patience);
        Assert.Equal(paths[0], paths[1]);
        Assert.Single(_transfers.Asked);
    }

    [Fact]
    public async Task A_job_that_is_cancelled_while_it_waits_for_another_ones_download_lets_the_next_have_its_turn()
    {
        var source = Publish("shared");
        var gate = _transfers.Gates[source.Sha256] = new TaskCompletionSource();
        var first = GetAsync(source);
        using var cancel = new CancellationTokenSource();
        var second = _cache.GetAsync(Attempt, source, cancel.Token);
        var third = GetAsync(source);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Patience));
        gate.SetResult();
        await first.WaitAsync(Patience);
        await third.WaitAsync(Patience);
    }

    [Fact]
    public async Task What_an_attempt_uses_is_not_removed_to_make_room()
    {
        var used = Publish("used");
        var unused = Publish("unused");
        using var held = _cache.Hold(used);
        var path = await GetAsync(used);
        var other = await GetAsync(unused);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        File.SetLastWriteTimeUtc(other, DateTime.UnixEpoch);
        for (var i = 0; i < 60; i++)
            await File.WriteAllTextAsync(Path.Join(Folder, $"old{i}.tar.gz"), "");

        await GetAsync(Publish("new"));

        Assert.True(File.Exists(path));
        Assert.False(File.Exists(other));
        Assert.InRange(Directory.GetFiles(Folder).Length, 1, 52);
    }

    [Fact]
    public async Task A_source_that_does_not_say_how_large_it_is_may_not_fill_the_disk()
    {
        var source = Publish("larger than the agent takes");
        source.Size = 0;
        var small = new AgentOptions { StateDirectory = _temp.Path };
        small.Limits.SourceSize = 10;
        var session = new LiveSession();
        session.Begin(1);
        var cache = new SourceCache(Options.Create(small), _transfers, new TransferRetry(session, new SeededAgentRandom(1), TimeProvider.System));

        await Assert.ThrowsAsync<AttemptFailedException>(() => cache.GetAsync(Attempt, source, CancellationToken.None));

        Assert.Empty(Directory.GetFiles(Folder));
    }

    private Task<string> GetAsync(SourceSpec source) => _cache.GetAsync(Attempt, source, CancellationToken.None);

    private SourceSpec Publish(string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        _transfers.Blobs[Studies.Digest(content)] = content;
        return new SourceSpec { Sha256 = Studies.Digest(content), Size = content.Length };
    }

    public void Dispose() => _temp.Dispose();
}
