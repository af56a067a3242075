using JobServer.Domain.Backends;

namespace JobServer.Coordinator.Agents;

/// <summary>The timing of one session: the Coordinator's settings, with what its backend's row says in their place.</summary>
internal sealed record LinkTiming
{
    /// <summary>However long a lease is, its row is written at least this often: pages show when an agent was heard of.</summary>
    private static readonly TimeSpan LongestUnrenewed = TimeSpan.FromSeconds(20);

    public required TimeSpan Heartbeat { get; init; }

    public required TimeSpan Silence { get; init; }

    public required TimeSpan Lease { get; init; }

    public required TimeSpan Margin { get; init; }

    public required TimeSpan AssignmentAnswer { get; init; }

    public required TimeSpan CancelGrace { get; init; }

    /// <summary>A heartbeat renews the lease when the last renewal is this old.</summary>
    public TimeSpan RenewAfter => Lease / 3 < LongestUnrenewed ? Lease / 3 : LongestUnrenewed;

    /// <summary>Null when the times fit together; else which do not, with the names of the settings.</summary>
    public string? Problem => new BackendTiming
    {
        Heartbeat = Heartbeat,
        Silence = Silence,
        Lease = Lease,
        AssignmentAnswer = AssignmentAnswer,
        CancelGrace = CancelGrace,
    }.Problem(Margin);

    public static LinkTiming Of(CoordinatorOptions options) => Of(options, new BackendTiming());

    public static LinkTiming Of(CoordinatorOptions options, BackendTiming backend) => new()
    {
        Heartbeat = backend.Heartbeat ?? options.Heartbeat,
        Silence = backend.Silence ?? options.Silence,
        Lease = backend.Lease ?? options.Lease,
        Margin = options.Margin,
        AssignmentAnswer = backend.AssignmentAnswer ?? options.AssignmentAnswer,
        CancelGrace = backend.CancelGrace ?? options.CancelGrace,
    };
}
