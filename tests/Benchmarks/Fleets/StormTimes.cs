namespace JobServer.Benchmarks.Fleets;

/// <summary>Counted from the start of the server's new process.</summary>
internal sealed record StormTimes
{
    /// <summary>When it listened.</summary>
    public required TimeSpan Listening { get; init; }

    /// <summary>When each agent had its answer.</summary>
    public required Times Answered { get; init; }

    /// <summary>Agents that were let go on with all they hold.</summary>
    public required int Reconciled { get; init; }

    /// <summary>What the new process used until the last answer.</summary>
    public required TimeSpan Processor { get; init; }
}
