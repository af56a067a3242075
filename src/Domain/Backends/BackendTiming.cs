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

    /// <summary>The times of a Coordinator whose settings leave them alone.</summary>
    public static BackendTiming Standard { get; } = new()
    {
        Heartbeat = TimeSpan.FromSeconds(10),
        Silence = TimeSpan.FromSeconds(30),
        Lease = TimeSpan.FromSeconds(60),
        AssignmentAnswer = TimeSpan.FromSeconds(10),
        CancelGrace = TimeSpan.FromSeconds(30),
    };

    public static TimeSpan StandardMargin { get; } = TimeSpan.FromSeconds(15);

    private static TimeSpan LongestLease { get; } = TimeSpan.FromHours(24);

    /// <summary>These times, with those of <paramref name="others"/> where there is none.</summary>
    public BackendTiming Or(BackendTiming others) => new()
    {
        Heartbeat = Heartbeat ?? others.Heartbeat,
        Silence = Silence ?? others.Silence,
        Lease = Lease ?? others.Lease,
        AssignmentAnswer = AssignmentAnswer ?? others.AssignmentAnswer,
        CancelGrace = CancelGrace ?? others.CancelGrace,
    };

    /// <summary>Null when the times fit together; else which do not, with the names of the settings. A time that is null is not looked at.</summary>
    public string? Problem(TimeSpan margin) => this switch
    {
        _ when Heartbeat <= TimeSpan.Zero || AssignmentAnswer <= TimeSpan.Zero || margin < TimeSpan.Zero || CancelGrace < TimeSpan.Zero =>
            "Heartbeat and AssignmentAnswer must be above zero, Margin and CancelGrace not below.",
        _ when Heartbeat >= Silence => "Heartbeat must be shorter than Silence.",
        _ when Silence >= Lease => "Silence must be shorter than Lease.",
        _ when margin >= Lease => "Margin must be shorter than Lease.",
        _ when Lease > LongestLease => $"Lease must be at most {LongestLease.TotalHours:0} hours.",
        _ => null,
    };
}
