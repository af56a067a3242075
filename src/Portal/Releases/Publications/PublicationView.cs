using JobServer.Domain.Releases.Publications;

namespace JobServer.Portal.Releases.Publications;

/// <summary>A publication without its files.</summary>
internal sealed record PublicationView
{
    public required int Number { get; init; }

    public required int WorkspaceId { get; init; }

    public required string Organisation { get; init; }

    public required string Project { get; init; }

    public required string ProjectName { get; init; }

    public required string Workspace { get; init; }

    public required string Title { get; init; }

    public required string Reason { get; init; }

    public required int AuthorId { get; init; }

    public required string Author { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required PublicationState State { get; init; }

    public required DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Null while nobody decided.</summary>
    public required string? DecidedBy { get; init; }

    public required string DecisionComment { get; init; }

    public required DateTimeOffset? UnpublishedAt { get; init; }

    public required string? UnpublishedBy { get; init; }

    public required string UnpublishedReason { get; init; }

    /// <summary>Deleted ones too.</summary>
    public required int Files { get; init; }

    public string Address => PublicationLinks.Page(Organisation, Project, Workspace, Number);
}
