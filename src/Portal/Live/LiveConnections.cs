using Microsoft.Extensions.Options;

namespace JobServer.Portal.Live;

/// <summary>Counts open live pages, so that they cannot take all connections, and nobody alone can take them from the others.</summary>
internal sealed class LiveConnections(IOptions<PortalOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _byCaller = new(StringComparer.Ordinal);
    private int _open;

    public int Open => Volatile.Read(ref _open);

    public bool TryEnter(string caller)
    {
        lock (_lock)
        {
            var own = _byCaller.GetValueOrDefault(caller);
            if (_open >= options.Value.MaxLiveConnections || own >= options.Value.MaxLiveConnectionsOfOne)
            {
                return false;
            }

            _byCaller[caller] = own + 1;
            _open++;
            return true;
        }
    }

    public void Leave(string caller)
    {
        lock (_lock)
        {
            _open--;
            if (--_byCaller[caller] == 0)
            {
                _byCaller.Remove(caller);
            }
        }
    }
}
