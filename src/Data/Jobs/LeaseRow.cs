using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>A job that an agent is to get, as a statement takes it.</summary>
public sealed record LeaseRow
{
    public required string Id { get; init; }

    public required long OldFence { get; init; }

    public required string Agent { get; init; }

    public required long Epoch { get; init; }

    public required DateTimeOffset At { get; init; }

    public string Code { get; } = SnakeCase.Of(JobStatusCode.WaitingOnAgent);

    public string Message { get; } = JobStatusCode.WaitingOnAgent.DefaultMessage();
}
