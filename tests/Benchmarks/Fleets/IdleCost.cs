namespace JobServer.Benchmarks.Fleets;

/// <summary>What a server and its connections cost while many agents are idle.</summary>
internal sealed record IdleCost
{
    public required int Agents { get; init; }

    public required int StillLive { get; init; }

    /// <summary>From the first Hello to the last Welcome.</summary>
    public required TimeSpan Connecting { get; init; }

    /// <summary>In bytes of the server's process for each agent.</summary>
    public required double ResidentSet { get; init; }

    /// <summary>In reachable bytes for each agent.</summary>
    public required double Heap { get; init; }

    /// <summary>Of the server, in seconds for each minute.</summary>
    public required double ProcessorSeconds { get; init; }

    /// <summary>Of each agent for each minute, both ways, headers of TCP and IP included.</summary>
    public required double WireBytes { get; init; }

    /// <summary>The same without the headers.</summary>
    public required double StreamBytes { get; init; }
}
