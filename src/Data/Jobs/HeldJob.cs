using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>A job's lease, for reconciliation.</summary>
public sealed record HeldJob
{
    public required string JobId { get; init; }

    public required int BackendId { get; init; }

    public required JobState State { get; init; }

    public required JobStatusCode StatusCode { get; init; }

    public required long Fence { get; init; }

    public required string? AgentId { get; init; }

    public required bool IsAccepted { get; init; }

    public required bool IsCancelRequested { get; init; }

    public required long AppliedSequence { get; init; }

    internal static IQueryable<HeldJob> From(IQueryable<Job> jobs) => jobs.Select(job => new HeldJob
    {
        JobId = job.Id,
        BackendId = job.BackendId,
        State = job.State,
        StatusCode = job.StatusCode,
        Fence = job.Fence,
        AgentId = job.AgentId,
        IsAccepted = job.AcceptedAt != null,
        IsCancelRequested = job.CancelRequestedAt != null,
        AppliedSequence = job.AppliedSequence,
    });
}
