using JobServer.Domain.Backends;
using JobServer.Domain.Users;
using JobServer.Domain.Workspaces;

namespace JobServer.Domain.Jobs;

/// <summary>What a person asked to run, and the sum of its jobs as lists show it.</summary>
public sealed class JobRequest
{
    public const int IdentifierLength = 16;
    public const int StatusMessageMaxLength = 2000;

    /// <summary>The number that people use.</summary>
    public int Id { get; init; }

    public required string Identifier { get; init; }

    public int WorkspaceId { get; init; }

    public Workspace Workspace { get; init; } = null!;

    public int BackendId { get; init; }

    public Backend Backend { get; init; } = null!;

    public int CreatedById { get; init; }

    public User CreatedBy { get; init; } = null!;

    public DateTimeOffset CreatedAt { get; init; }

    public required IReadOnlyList<string> RequestedActions { get; init; }

    public bool ForceRunDependencies { get; init; }

    /// <summary>The request whose failed jobs this one runs again.</summary>
    public int? RerunOfId { get; init; }

    public bool WillNotify { get; init; }

    public required string Branch { get; init; }

    public required string Commit { get; init; }

    /// <summary>SHA-256 of the source snapshot in the blob store; null when there was nothing to do.</summary>
    public string? SourceDigest { get; init; }

    public long SourceSize { get; init; }

    /// <summary>The whole project.yaml of the commit.</summary>
    public required string ProjectDefinition { get; init; }

    public JobRequestState State { get; set; }

    public string StatusMessage { get; set; } = "";

    public int PendingJobs { get; set; }

    public int RunningJobs { get; set; }

    public int SucceededJobs { get; set; }

    /// <summary>Includes the cancelled ones.</summary>
    public int FailedJobs { get; set; }

    public int CancelledJobs { get; set; }

    public DateTimeOffset? FirstStartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The sum of the durations of the jobs that ended.</summary>
    public TimeSpan Runtime { get; set; }

    public int Revision { get; set; }

    public List<Job> Jobs { get; } = [];

    public int JobCount => PendingJobs + RunningJobs + SucceededJobs + FailedJobs;

    public bool IsEnded => PendingJobs == 0 && RunningJobs == 0;
}
