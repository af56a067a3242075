using JobServer.Contracts.V1;
using JobServer.Data.Jobs;

namespace JobServer.Coordinator.Agents;

/// <summary>A live session in memory: a cache of what the rows say, and the way to the agent's stream.</summary>
/// <remarks>Reports that wait to be applied keep it after its stream has ended, so nothing in it is disposed.</remarks>
#pragma warning disable CA1001 // Neither a token source without a timer nor a semaphore holds anything of the system.
internal sealed class AgentSession
#pragma warning restore CA1001
{
    /// <summary>Why an older session is ended, as its agent is told.</summary>
    public const string NewerMessage = "A newer session of this agent has connected.";

    private readonly Lock _lock = new();
    private readonly Dictionary<(string JobId, long Fence), UnansweredAssignment> _unanswered = [];
    private readonly Dictionary<(string JobId, long Fence), (long SentAt, bool IsConfirmed)> _cancels = [];
    private readonly HashSet<AgentFrame.FrameOneofCase> _unknown = [];
    private readonly CancellationTokenSource _closing = new();
    private int _isClosed;
    private ClaimLimits _credits = new() { Standard = 0, Database = 0 };

    public required string AgentId { get; init; }

    public required int BackendId { get; init; }

    /// <summary>The digest of the token that opened it.</summary>
    public required string TokenHash { get; init; }

    public required long Epoch { get; init; }

    /// <summary>As its backend had it when the session began.</summary>
    public LinkTiming Timing { get; init; } = LinkTiming.Of(new CoordinatorOptions());

    /// <summary>False in safe mode: the agent has seen more than the rows hold, so a fence could be given out twice.</summary>
    public required bool MayAssign { get; init; }

    public FrameLanes Lanes { get; } = new();

    /// <summary>What its row says of its end, when it is the Coordinator that ends it.</summary>
    public string CloseReason { get; private set; } = "closed by the Coordinator";

    /// <summary>Raised when the session must end.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>The desired revision last pushed to the agent.</summary>
    public long PushedRevision { get; set; }

    /// <summary>The mode last pushed to the agent.</summary>
    public Domain.Agents.AgentMode? PushedMode { get; set; }

    /// <summary>The number of attempts left that was noted last, when there is nothing more to note for it.</summary>
    public int? DrainNoted { get; set; }

    /// <summary>On the agent's clock: the heartbeat behind the last committed renewal; 0 while that is the Hello.</summary>
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
    public long RenewedAt { get; set; }

    public bool HasCredits => Credits is { Standard: > 0 } or { Database: > 0 };

    public void NoteAssigned(ClaimedJob job, CoordinatorFrame frame, long timestamp)
    {
        lock (_lock)
        {
            _unanswered[(job.JobId, job.Fence)] = new UnansweredAssignment { Frame = frame, SentAt = timestamp };
            _credits = job.UsesDatabase
                ? _credits with { Database = _credits.Database - job.Slots }
                : _credits with { Standard = _credits.Standard - job.Slots };
        }
    }

    /// <returns>When the assignment was sent; null when no answer to it was awaited.</returns>
    public long? NoteAnswered(string jobId, long fence)
    {
        lock (_lock)
        {
            return _unanswered.Remove((jobId, fence), out var assignment) ? assignment.SentAt : null;
        }
    }

    public IReadOnlyList<(string JobId, long Fence, UnansweredAssignment Assignment)> Unanswered()
    {
        lock (_lock)
        {
            return [.. _unanswered.Select(pair => (pair.Key.JobId, pair.Key.Fence, pair.Value))];
        }
    }

    public void NoteCancelSent(string jobId, long fence, long timestamp)
    {
        lock (_lock)
        {
            _cancels.TryAdd((jobId, fence), (timestamp, false));
        }
    }

    /// <returns>When this session first asked for it; null when it never did: what nobody asked for is not remembered.</returns>
    public long? NoteCancelConfirmed(string jobId, long fence)
    {
        lock (_lock)
        {
            if (!_cancels.TryGetValue((jobId, fence), out var cancel))
            {
                return null;
            }

            _cancels[(jobId, fence)] = cancel with { IsConfirmed = true };
            return cancel.SentAt;
        }
    }

    /// <summary>Whether the agent was asked for a cancel that it has not confirmed: asking is repeated until it has.</summary>
    public bool HasUnconfirmedCancels
    {
        get
        {
            lock (_lock)
            {
                return _cancels.Values.Any(cancel => !cancel.IsConfirmed);
            }
        }
    }

    public bool IsCancelConfirmed(string jobId, long fence)
    {
        lock (_lock)
        {
            return _cancels.GetValueOrDefault((jobId, fence)).IsConfirmed;
        }
    }

    /// <summary>Whether this session has not sent a frame of this unknown kind before. Asked by its reader alone.</summary>
    public bool IsFirstUnknown(AgentFrame.FrameOneofCase kind) => _unknown.Add(kind);

    /// <summary>Ends the session for a newer one of its agent.</summary>
    public void Supersede() => Close(GoAwayReason.Superseded, TimeSpan.Zero, NewerMessage);

    /// <summary>Sends a last word and ends the session; the first call counts.</summary>
    public void Close(GoAwayReason reason, TimeSpan reconnectAfter, string message, string? noted = null)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        CloseReason = noted ?? WordsOf(reason) ?? CloseReason;

        Lanes.TryControl(new CoordinatorFrame
        {
            GoAway = new GoAway { Reason = reason, ReconnectAfterMs = (long)reconnectAfter.TotalMilliseconds, Message = message },
        });
        _closing.Cancel();
    }

    /// <summary>What an operator counts; the message to the agent may say more.</summary>
    private static string? WordsOf(GoAwayReason reason) => reason switch
    {
        GoAwayReason.Shutdown => "the Coordinator shut down",
        GoAwayReason.SessionAge => "the session reached its age",
        GoAwayReason.Superseded => "superseded",
        GoAwayReason.Revoked => "revoked",
        _ => null,
    };

    /// <summary>A frame that must reach the agent; a full lane means that it does not read, and ends the session.</summary>
    public void Send(bool wasQueued)
    {
        if (!wasQueued)
        {
            _closing.Cancel();
        }
    }
}
