namespace JobServer.Domain.Jobs;

/// <summary>One run of one action of a request.</summary>
public sealed class Job
{
    public const int IdLength = 16;
    public const int ActionMaxLength = 200;
    public const int StatusMessageMaxLength = 2000;

    /// <summary>Made from the request's identifier and the action, so a request never makes two jobs of one action.</summary>
    public required string Id { get; init; }

    public int JobRequestId { get; init; }

    public JobRequest JobRequest { get; init; } = null!;

    /// <summary>Place in the request's creation order, from 0; what a job needs comes before it.</summary>
    public int Position { get; init; }

    public int WorkspaceId { get; init; }

    public int BackendId { get; init; }

    public required string Action { get; init; }

    public required string Image { get; init; }

    public required string ImageVersion { get; init; }

    /// <summary>The words after the image.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    public required IReadOnlyList<JobOutputSpec> Outputs { get; init; }

    /// <summary>Where the code of a reusable action is; null for an action whose code is the study's own.</summary>
    public string? ReusableRepository { get; init; }

    /// <summary>Of the reusable action, as its tag stood at submit.</summary>
    public string? ReusableCommit { get; init; }

    /// <summary>SHA-256 of the reusable action's snapshot, which this job runs in place of the request's.</summary>
    public string? ReusableDigest { get; init; }

    /// <summary>In bytes.</summary>
    public long ReusableSize { get; init; }

    public bool UsesDatabase { get; init; }

    /// <summary>Slots of its kind that it takes on an agent; from 1.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Not leased before; set when an agent was busy or an attempt was lost.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    public JobState State { get; set; }

    public JobStatusCode StatusCode { get; set; }

    public string StatusMessage { get; set; } = "";

    /// <summary>The number of the newest lease; every effect of an attempt carries it.</summary>
    public long Fence { get; set; }

    /// <summary>The holder of the lease; null when nobody holds one.</summary>
    public string? AgentId { get; set; }

    public long? SessionEpoch { get; set; }

    public DateTimeOffset? LeasedAt { get; set; }

    /// <summary>When the holder said that it journalled the assignment.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }

    /// <summary>Reports of the current fence applied so far.</summary>
    public long AppliedSequence { get; set; }

    /// <summary>Attempts that ended without a result.</summary>
    public int LostAttempts { get; set; }

    public DateTimeOffset? CancelRequestedAt { get; set; }

    public int? CancelRequestedById { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public int? ExitCode { get; set; }

    public string? ManifestDigest { get; set; }

    public int Revision { get; set; }

    public List<JobNeed> Needs { get; } = [];

    public bool IsEnded => State is JobState.Succeeded or JobState.Failed;

    /// <summary>Zero until the job has ended.</summary>
    public TimeSpan Duration => StartedAt is { } start && CompletedAt is { } end && end > start ? end - start : TimeSpan.Zero;
}
