namespace JobServer.Domain.Backends;

/// <summary>Timing of the link to a backend's agents; null takes the Coordinator's setting of the same name.</summary>
public sealed record BackendTiming
{
    public TimeSpan? Heartbeat { get; init; }

    /// <summary>Without a frame for this long a link is taken for dead.</summary>
    public TimeSpan? Silence { get; init; }

    public TimeSpan? Lease { get; init; }

    /// <summary>An assignment without an answer is sent again after this, and taken back after twice this.</summary>
    public TimeSpan? AssignmentAnswer { get; init; }

    /// <summary>How long a cancelled action may take to stop before it is killed.</summary>
    public TimeSpan? CancelGrace { get; init; }
}
