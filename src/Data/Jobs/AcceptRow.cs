namespace JobServer.Data.Jobs;

/// <summary>An assignment that its agent has journalled, as a statement takes it.</summary>
public sealed record AcceptRow
{
    public required string Id { get; init; }

    public required long Fence { get; init; }

    public required string Agent { get; init; }

    public required long Epoch { get; init; }

    public required DateTimeOffset At { get; init; }

    internal static AcceptRow Of(AttemptHolder holder, DateTimeOffset at) =>
        new() { Id = holder.JobId, Fence = holder.Fence, Agent = holder.AgentId, Epoch = holder.SessionEpoch, At = at };
}
