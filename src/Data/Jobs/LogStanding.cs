using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>Whether a session may add to an attempt's log, and what is there.</summary>
internal sealed record LogStanding
{
    public required LogRefusal Refusal { get; init; }

    public required string Message { get; init; }

    public required int JobRequestId { get; init; }

    /// <summary>The row, or an empty one while there is none.</summary>
    public required JobLog Log { get; init; }

    public required int Gaps { get; init; }

    /// <summary>In bytes, of all attempts.</summary>
    public required long StoredOfJob { get; init; }
}
