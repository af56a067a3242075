using System.Collections.Concurrent;

namespace JobServer.Coordinator.Transfers;

/// <summary>Bounds what uploads may cost at once, and keeps two sessions from writing one file.</summary>
internal sealed class UploadSlots(TimeProvider timeProvider) : IDisposable
{
    public const int MostOfOneAgent = 4;
    private const int MostAtOnce = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _slots = new(MostAtOnce, MostAtOnce);
    private readonly ConcurrentDictionary<string, bool> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _ofAgents = new(StringComparer.Ordinal);

    /// <summary>How many files an agent is sending now.</summary>
    public int CountOf(string agentId) => _ofAgents.GetValueOrDefault(agentId);

    /// <summary>Waits for room, but not long.</summary>
    /// <exception cref="UploadBusyException">Not now; ask again shortly.</exception>
    public async Task<IDisposable> EnterAsync(string agentId, string uploadId, CancellationToken cancellationToken)
    {
        if (_ofAgents.AddOrUpdate(agentId, 1, (_, count) => count + 1) > MostOfOneAgent)
        {
            Leave(agentId);
            throw new UploadBusyException($"This agent is sending {MostOfOneAgent} files already.");
        }

        if (!await HasRoomAsync(agentId, cancellationToken))
        {
            Leave(agentId);
            throw new UploadBusyException($"{MostAtOnce} files are being received already.");
        }

        if (_open.TryAdd(uploadId, true))
        {
            return new Slot(this, agentId, uploadId);
        }

        _slots.Release();
        Leave(agentId);
        throw new UploadBusyException("This upload is being written; ask QueryUpload and go on.");
    }

    public void Dispose() => _slots.Dispose();

    private async Task<bool> HasRoomAsync(string agentId, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _slots.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            Leave(agentId);
            throw;
        }
    }

    /// <summary>The last one out takes the agent's entry away, so that agents of the past cost nothing.</summary>
    private void Leave(string agentId)
    {
        if (_ofAgents.AddOrUpdate(agentId, 0, (_, count) => count - 1) == 0)
        {
            _ofAgents.TryRemove(KeyValuePair.Create(agentId, 0));
        }
    }

    private sealed class Slot(UploadSlots owner, string agentId, string uploadId) : IDisposable
    {
        public void Dispose()
        {
            owner._open.TryRemove(uploadId, out _);
            owner._slots.Release();
            owner.Leave(agentId);
        }
    }
}
