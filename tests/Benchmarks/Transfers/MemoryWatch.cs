using JobServer.Benchmarks.Servers;

namespace JobServer.Benchmarks.Transfers;

/// <summary>The most that a server's process held while something went on.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _watching;

    public MemoryWatch(ServerProcess server) => _watching = WatchAsync(server);

    /// <summary>In bytes.</summary>
    public long Most { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        _stopping.Dispose();
    }

    private async Task WatchAsync(ServerProcess server)
    {
        while (!_stopping.IsCancellationRequested)
        {
            Most = Math.Max(Most, server.ResidentSet);
            await Task.Delay(Interval, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
