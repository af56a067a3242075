using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>What is added to the sums of a request.</summary>
public sealed record RequestSumRow
{
    public required int Id { get; init; }

    public required int Pending { get; init; }

    public required int Running { get; init; }

    public required int Succeeded { get; init; }

    public required int Failed { get; init; }

    public required int Cancelled { get; init; }

    /// <summary>In ticks, as the column is.</summary>
    public required long Runtime { get; init; }

    internal static RequestSumRow Of(int requestId, RequestDelta delta) => new()
    {
        Id = requestId,
        Pending = delta[JobState.Pending],
        Running = delta[JobState.Running],
        Succeeded = delta[JobState.Succeeded],
        Failed = delta[JobState.Failed],
        Cancelled = delta.Cancelled,
        Runtime = delta.Runtime.Ticks,
    };
}
