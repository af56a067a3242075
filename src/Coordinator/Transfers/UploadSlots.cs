using System.Collections.Concurrent;

namespace JobServer.Coordinator.Transfers;

/// <summary>Bounds what uploads may cost at once, and keeps two sessions from writing one file.</summary>
internal sealed class UploadSlots(TimeProvider timeProvider) : TransferSlots("sending", timeProvider)
{
    private readonly ConcurrentDictionary<string, bool> _open = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _promised;

    /// <summary>In bytes; what uploads under way may still write.</summary>
    public long Promised => Interlocked.Read(ref _promised);

    /// <summary>Waits for a place, but not long, and for free disk not at all.</summary>
    /// <param name="agentId">Who sends.</param>
    /// <param name="uploadId">One call at a time.</param>
    /// <param name="rest">In bytes; what is still to come. It is promised to this upload alone until it has come.</param>
    /// <param name="spareRoom">In bytes; what the disk can take, with what has been promised to others.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TransferBusyException">Not now; ask again shortly.</exception>
    /// <exception cref="StoreFullException">The disk cannot take the rest.</exception>
    public async Task<UploadSlot> EnterAsync(string agentId, string uploadId, long rest, Func<long> spareRoom, CancellationToken cancellationToken)
    {
        var place = await EnterAsync(agentId, cancellationToken);
        try
        {
            if (!_open.TryAdd(uploadId, true))
            {
                throw new TransferBusyException("This upload is being written; ask QueryUpload and go on.");
            }

            if (!TryPromise(rest, spareRoom))
            {
                _open.TryRemove(uploadId, out _);
                throw new StoreFullException("The store is nearly full; uploads wait until there is room.");
            }
        }
        catch
        {
            place.Dispose();
            throw;
        }

        return new UploadSlot(this, place, uploadId, rest);
    }

    /// <summary>Bytes that were promised are on the disk, or will never come.</summary>
    public void Settle(long bytes) => Interlocked.Add(ref _promised, -bytes);

    public void Leave(string uploadId, IDisposable place)
    {
        _open.TryRemove(uploadId, out _);
        place.Dispose();
    }

    private bool TryPromise(long rest, Func<long> spareRoom)
    {
        lock (_lock)
        {
            if (rest > 0 && spareRoom() - Promised < rest)
            {
                return false;
            }

            Interlocked.Add(ref _promised, rest);
            return true;
        }
    }
}
