using JobServer.Data.Blobs;
using JobServer.Domain.Pipelines;

namespace JobServer.Data.Jobs;

/// <summary>A person's request to run actions at a commit that was already read.</summary>
public sealed record SubmitJobs
{
    public required int WorkspaceId { get; init; }

    public required int BackendId { get; init; }

    /// <summary>Whose request it is, and who must belong to the backend.</summary>
    public required int UserId { get; init; }

    /// <summary>The admin who makes it for them; null when they do it themselves.</summary>
    public int? ActorId { get; init; }

    public required Pipeline Pipeline { get; init; }

    public required IReadOnlyList<string> RequestedActions { get; init; }

    public required bool ForceRunDependencies { get; init; }

    public required bool WillNotify { get; init; }

    public required string Branch { get; init; }

    public required string Commit { get; init; }

    public required string ProjectDefinition { get; init; }

    /// <summary>The snapshot of the commit, already in the blob store.</summary>
    public required StoredBlob Source { get; init; }

    /// <summary>The request whose failed jobs this one runs again.</summary>
    public int? RerunOfId { get; init; }

    /// <summary>Names of the pipeline's actions whose code is somewhere else.</summary>
    public IReadOnlySet<string> Reusable { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>By the name of the action: those of <see cref="Reusable"/> whose code was fetched.</summary>
    public IReadOnlyDictionary<string, ReusableAction> Fetched { get; init; } = new Dictionary<string, ReusableAction>(StringComparer.Ordinal);
}
