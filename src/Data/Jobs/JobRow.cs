using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>The columns of a job that decide what may happen to it.</summary>
internal sealed record JobRow
{
    public required string Id { get; init; }

    public required int JobRequestId { get; init; }

    public required int WorkspaceId { get; init; }

    public required int BackendId { get; init; }

    public required string Action { get; init; }

    public required JobState State { get; init; }

    public required JobStatusCode StatusCode { get; init; }

    public required long Fence { get; init; }

    public required string? AgentId { get; init; }

    public required DateTimeOffset? AcceptedAt { get; init; }

    public required long AppliedSequence { get; init; }

    public required int LostAttempts { get; init; }

    public required DateTimeOffset? CancelRequestedAt { get; init; }

    public required DateTimeOffset? LeasedAt { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? CompletedAt { get; init; }

    public required int Revision { get; init; }

    public required int? ExitCode { get; init; }

    public required string? ManifestDigest { get; init; }

    /// <summary>The holder has the assignment in its journal: it said so, or reported on it.</summary>
    public bool IsAccepted => AcceptedAt is not null || AppliedSequence > 0;

    public bool IsCancelRequested => CancelRequestedAt is not null;

    public JobPhase Phase => JobStateMachine.Phase(State, AgentId is not null);

    public static IQueryable<JobRow> From(IQueryable<Job> jobs) => jobs.Select(job => new JobRow
    {
        Id = job.Id,
        JobRequestId = job.JobRequestId,
        WorkspaceId = job.WorkspaceId,
        BackendId = job.BackendId,
        Action = job.Action,
        State = job.State,
        StatusCode = job.StatusCode,
        Fence = job.Fence,
        AgentId = job.AgentId,
        AcceptedAt = job.AcceptedAt,
        AppliedSequence = job.AppliedSequence,
        LostAttempts = job.LostAttempts,
        CancelRequestedAt = job.CancelRequestedAt,
        LeasedAt = job.LeasedAt,
        StartedAt = job.StartedAt,
        CompletedAt = job.CompletedAt,
        ExitCode = job.ExitCode,
        ManifestDigest = job.ManifestDigest,
        Revision = job.Revision,
    });
}
