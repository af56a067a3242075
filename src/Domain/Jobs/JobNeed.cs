namespace JobServer.Domain.Jobs;

/// <summary>A job whose outputs another one reads. Pinned when the request is made.</summary>
public sealed class JobNeed
{
    public required string JobId { get; init; }

    public required string NeededJobId { get; init; }

    public Job NeededJob { get; init; } = null!;

    public required string Action { get; init; }
}
