using System.Collections.Concurrent;

namespace JobServer.Coordinator.Transfers;

/// <summary>Bounds what uploads may cost at once, and keeps two sessions from writing one file.</summary>
internal sealed class UploadSlots : IDisposable
{
    private const int MostAtOnce = 64;

    private readonly SemaphoreSlim _slots = new(MostAtOnce, MostAtOnce);
    private readonly ConcurrentDictionary<string, bool> _open = new(StringComparer.Ordinal);

    /// <summary>Null when the same upload is being written right now; ask again shortly.</summary>
    public async Task<IDisposable?> EnterAsync(string uploadId, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        if (_open.TryAdd(uploadId, true))
        {
            return new Slot(this, uploadId);
        }

        _slots.Release();
        return null;
    }

    public void Dispose() => _slots.Dispose();

    private sealed class Slot(UploadSlots owner, string uploadId) : IDisposable
    {
        public void Dispose()
        {
            owner._open.TryRemove(uploadId, out _);
            owner._slots.Release();
        }
    }
}
