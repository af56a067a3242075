using JobServer.Contracts.V1;
using JobServer.Data.Jobs;

namespace JobServer.Coordinator.Agents;

/// <summary>A live session in memory: a cache of what the rows say, and the way to the agent's stream.</summary>
/// <remarks>Reports that wait to be applied keep it after its stream has ended, so nothing in it is disposed.</remarks>
#pragma warning disable CA1001 // Neither a token source without a timer nor a semaphore holds anything of the system.
internal sealed class AgentSession
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string JobId, long Fence), UnansweredAssignment> _unanswered = [];
    private readonly Dictionary<(string JobId, long Fence), bool> _cancels = [];
    private readonly CancellationTokenSource _closing = new();
    private int _isClosed;
    private ClaimLimits _credits = new() { Standard = 0, Database = 0 };

    public required string AgentId { get; init; }

    public required int BackendId { get; init; }

    public required long Epoch { get; init; }

    /// <summary>As its backend had it when the session began.</summary>
    public LinkTiming Timing { get; init; } = LinkTiming.Of(new CoordinatorOptions());

    /// <summary>False in safe mode: the agent has seen more than the rows hold, so a fence could be given out twice.</summary>
    public required bool MayAssign { get; init; }

    public FrameLanes Lanes { get; } = new();

    /// <summary>Raised when the session must end.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>The desired revision last pushed to the agent.</summary>
    public long PushedRevision { get; set; }

    /// <summary>On the agent's clock: the heartbeat behind the last committed renewal.</summary>
    public long RenewedBy { get; set; }

    public ClaimLimits Credits
    {
        get
        {
            lock (_lock)
            {
                return _credits;
            }
        }

        set
        {
            lock (_lock)
            {
                _credits = value;
            }
        }
    }

    /// <summary>When the lease was last renewed, as a <see cref="TimeProvider"/> timestamp.</summary>
    public long? RenewedAt { get; set; }

    public bool HasCredits => Credits is { Standard: > 0 } or { Database: > 0 };

    public void NoteAssigned(ClaimedJob job, CoordinatorFrame frame, long timestamp)
    {
        lock (_lock)
        {
            _unanswered[(job.JobId, job.Fence)] = new UnansweredAssignment { Frame = frame, SentAt = timestamp };
            _credits = job.UsesDatabase
                ? _credits with { Database = _credits.Database - 1 }
                : _credits with { Standard = _credits.Standard - 1 };
        }
    }

    /// <returns>Whether an answer was awaited.</returns>
    public bool NoteAnswered(string jobId, long fence)
    {
        lock (_lock)
        {
            return _unanswered.Remove((jobId, fence));
        }
    }

    public IReadOnlyList<(string JobId, long Fence, UnansweredAssignment Assignment)> Unanswered()
    {
        lock (_lock)
        {
            return [.. _unanswered.Select(pair => (pair.Key.JobId, pair.Key.Fence, pair.Value))];
        }
    }

    public void NoteCancelSent(string jobId, long fence)
    {
        lock (_lock)
        {
            _cancels.TryAdd((jobId, fence), false);
        }
    }

    /// <returns>Whether this session asked for it: what nobody asked for is not remembered.</returns>
    public bool NoteCancelConfirmed(string jobId, long fence)
    {
        lock (_lock)
        {
            return _cancels.ContainsKey((jobId, fence)) && (_cancels[(jobId, fence)] = true);
        }
    }

    public bool IsCancelConfirmed(string jobId, long fence)
    {
        lock (_lock)
        {
            return _cancels.GetValueOrDefault((jobId, fence));
        }
    }

    /// <summary>Sends a last word and ends the session; the first call counts.</summary>
    public void Close(GoAwayReason reason, TimeSpan reconnectAfter, string message)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        Lanes.TryControl(new CoordinatorFrame
        {
            GoAway = new GoAway { Reason = reason, ReconnectAfterMs = (long)reconnectAfter.TotalMilliseconds, Message = message },
        });
        _closing.Cancel();
    }

    /// <summary>A frame that must reach the agent; a full lane means that it does not read, and ends the session.</summary>
    public void Send(bool wasQueued)
    {
        if (!wasQueued)
        {
            _closing.Cancel();
        }
    }
}
