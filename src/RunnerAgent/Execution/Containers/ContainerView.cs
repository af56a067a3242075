using Docker.DotNet.Models;

namespace JobServer.RunnerAgent.Execution.Containers;

/// <summary>
/// The agent's containers as the engine last told. Whoever looks has it asked again soon; nobody waits for the answer.
/// </summary>
internal sealed class ContainerView(ContainerEngine engine, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private Dictionary<string, ContainerListResponse> _containers = new(StringComparer.Ordinal);
    private Task _asking = Task.CompletedTask;
    private long _askedAt;
    private long _begun;
    private long _shown;
    private bool _isUnreachable;

    /// <summary>False while it is not known which containers there are.</summary>
    public bool IsKnown { get; private set; }

    /// <returns>Null when the engine has no container of this attempt.</returns>
    public ContainerListResponse? Find(string attempt)
    {
        lock (_lock)
        {
            if (_asking.IsCompleted && (_askedAt == 0 || time.GetElapsedTime(_askedAt) > Fresh))
            {
                _asking = AskAsync();
            }

            return _containers.GetValueOrDefault(attempt);
        }
    }

    /// <summary>After this the view holds what was there when it was called.</summary>
    /// <exception cref="EngineUnavailableException">Then nothing is known until the engine answers.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _begun);
        try
        {
            var listed = await engine.ListAsync(cancellationToken);
            lock (_lock)
            {
                // An answer that was asked for earlier knows less, also when it comes later.
                if (number < _shown)
                    return;

                _shown = number;
                _containers = listed.Where(container => ContainerEngine.AttemptOf(container) is not null)
                    .DistinctBy(container => ContainerEngine.AttemptOf(container), StringComparer.Ordinal)
                    .ToDictionary(container => ContainerEngine.AttemptOf(container)!, StringComparer.Ordinal);
                _askedAt = time.GetTimestamp();
                IsKnown = true;
                _isUnreachable = false;
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            lock (_lock)
            {
                IsKnown = false;
                _askedAt = time.GetTimestamp();
                if (!_isUnreachable)
                    logger.EngineUnreachable(error.Message);

                _isUnreachable = true;
            }

            throw;
        }
    }

    private async Task AskAsync()
    {
        // The caller holds a lock.
        await Task.Yield();
        try
        {
            await RefreshAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is EngineUnavailableException or Docker.DotNet.DockerApiException)
        {
            // It was logged; the next look asks again.
        }
    }
}
