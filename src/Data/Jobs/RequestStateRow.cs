namespace JobServer.Data.Jobs;

/// <summary>The state and times of a request after its sums changed.</summary>
public sealed record RequestStateRow
{
    public required int Id { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset? FirstStartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }
}
