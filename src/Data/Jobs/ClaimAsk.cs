namespace JobServer.Data.Jobs;

/// <summary>An agent that has room, in one of its sessions.</summary>
public sealed record ClaimAsk
{
    public required string AgentId { get; init; }

    public required long SessionEpoch { get; init; }

    /// <summary>At most so many slots.</summary>
    public required ClaimLimits Limits { get; init; }
}
