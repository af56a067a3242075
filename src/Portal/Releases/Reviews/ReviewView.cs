using JobServer.Domain.Releases.Requests;

namespace JobServer.Portal.Releases.Reviews;

/// <summary>A request for release with its files and what was said.</summary>
internal sealed record ReviewView
{
    public required int Number { get; init; }

    public required int WorkspaceId { get; init; }

    public required int ProjectId { get; init; }

    public required string Workspace { get; init; }

    /// <summary>The workspace's address.</summary>
    public required string WorkspaceAddress { get; init; }

    public required string Project { get; init; }

    public required string Backend { get; init; }

    public required int AuthorId { get; init; }

    public required string Author { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required ReleaseRequestState State { get; init; }

    public required int Turn { get; init; }

    public required string Context { get; init; }

    public required string Controls { get; init; }

    public required string? ReleaseId { get; init; }

    public required IReadOnlyList<ReviewFile> Files { get; init; }

    public required IReadOnlyList<ReviewComment> Comments { get; init; }
}
