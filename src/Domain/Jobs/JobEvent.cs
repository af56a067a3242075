namespace JobServer.Domain.Jobs;

/// <summary>One line of a job's history: who changed it, under which fence, to what. Never changed.</summary>
public sealed class JobEvent
{
    public long Id { get; init; }

    public required string JobId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required JobEventKind Kind { get; init; }

    public required JobState State { get; init; }

    public required JobStatusCode StatusCode { get; init; }

    public string Message { get; init; } = "";

    public long Fence { get; init; }

    /// <summary>0 for what did not come from an agent's report.</summary>
    public long Sequence { get; init; }

    public string? AgentId { get; init; }

    public long? SessionEpoch { get; init; }
}
