using JobServer.Data.Blobs;
using JobServer.Domain.Pipelines;

namespace JobServer.Data.Jobs;

/// <summary>A person's request to run actions at a commit that was already read.</summary>
public sealed record SubmitJobs
{
    public required int WorkspaceId { get; init; }

    public required int BackendId { get; init; }

    public required int UserId { get; init; }

    public required Pipeline Pipeline { get; init; }

    public required IReadOnlyList<string> RequestedActions { get; init; }

    public required bool ForceRunDependencies { get; init; }

    public required bool WillNotify { get; init; }

    public required string Branch { get; init; }

    public required string Commit { get; init; }

    public required string ProjectDefinition { get; init; }

    /// <summary>The snapshot of the commit, already in the blob store.</summary>
    public required StoredBlob Source { get; init; }
}
