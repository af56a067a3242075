namespace JobServer.Portal.Jobs;

/// <summary>What somebody wants to run: actions of the project.yaml of a workspace's branch.</summary>
public sealed record JobSubmission
{
    /// <summary>Whose request it is, and who must belong to the backend.</summary>
    public required int UserId { get; init; }

    /// <summary>The admin who makes it for them; null when they do it themselves.</summary>
    public int? ActorId { get; init; }

    public required int WorkspaceId { get; init; }

    public required int BackendId { get; init; }

    /// <summary>Names of actions, or <c>run_all</c>.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>The commit that the person saw; null takes the head of the branch.</summary>
    public string? Commit { get; init; }

    /// <summary>The request whose failed jobs are run again.</summary>
    public int? RerunOfId { get; init; }

    public bool ForceRunDependencies { get; init; }

    public bool WillNotify { get; init; }

    /// <summary>For a private repository; used for these calls and kept nowhere.</summary>
    public string? CodeHostToken { get; init; }
}
