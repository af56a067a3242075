using Microsoft.Extensions.Options;

namespace JobServer.Portal.Live;

/// <summary>Counts open live pages, so that they cannot take all connections.</summary>
internal sealed class LiveConnections(IOptions<PortalOptions> options)
{
    private int _open;

    public int Open => Volatile.Read(ref _open);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= options.Value.MaxLiveConnections)
            return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _open);
}
