using System.Collections.Concurrent;

namespace JobServer.Coordinator.Transfers;

/// <summary>Bounds what files under way may cost at once, for each agent and for this Coordinator.</summary>
/// <param name="doing">What an agent does with a file, for its refusal.</param>
/// <param name="timeProvider">Of the wait for room.</param>
internal abstract class TransferSlots(string doing, TimeProvider timeProvider) : IDisposable
{
    public const int MostOfOneAgent = 4;
    private const int MostAtOnce = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _slots = new(MostAtOnce, MostAtOnce);
    private readonly ConcurrentDictionary<string, int> _ofAgents = new(StringComparer.Ordinal);

    /// <summary>How many files of an agent are under way now.</summary>
    public int CountOf(string agentId) => _ofAgents.GetValueOrDefault(agentId);

    /// <summary>Waits for room, but not long.</summary>
    /// <exception cref="TransferBusyException">Not now; ask again shortly.</exception>
    public async Task<IDisposable> EnterAsync(string agentId, CancellationToken cancellationToken)
    {
        try
        {
            if (_ofAgents.AddOrUpdate(agentId, 1, (_, count) => count + 1) > MostOfOneAgent)
            {
                throw new TransferBusyException($"This agent is {doing} {MostOfOneAgent} files already.");
            }

            await WaitAsync(cancellationToken);
            return new Slot(this, agentId);
        }
        catch
        {
            Leave(agentId);
            throw;
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _slots.Dispose();
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _slots.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransferBusyException($"Agents are {doing} {MostAtOnce} files already.");
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

    private sealed class Slot(TransferSlots owner, string agentId) : IDisposable
    {
        public void Dispose()
        {
            owner._slots.Release();
            owner.Leave(agentId);
        }
    }
}
