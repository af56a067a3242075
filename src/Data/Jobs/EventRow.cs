using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>A <see cref="JobEvent"/> as a statement takes it.</summary>
public sealed record EventRow
{
    public required string JobId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    public required string State { get; init; }

    public required string Code { get; init; }

    public required string Message { get; init; }

    public required long Fence { get; init; }

    public required long Sequence { get; init; }

    public required string? Agent { get; init; }

    public required long? Epoch { get; init; }

    internal static EventRow Of(JobEvent line) => new()
    {
        JobId = line.JobId,
        At = line.At,
        Kind = SnakeCase.Of(line.Kind),
        State = SnakeCase.Of(line.State),
        Code = SnakeCase.Of(line.StatusCode),
        Message = line.Message,
        Fence = line.Fence,
        Sequence = line.Sequence,
        Agent = line.AgentId,
        Epoch = line.SessionEpoch,
    };
}
