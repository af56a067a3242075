using JobServer.Domain.Users;
using JobServer.Domain.Workspaces;

namespace JobServer.Domain.Releases.Publications;

/// <summary>Released files of a workspace, frozen when somebody asked to show them to everybody.</summary>
public sealed class Publication
{
    public const int TitleMaxLength = 200;

    public const int ReasonMaxLength = 2000;

    /// <summary>Stands in its address.</summary>
    public int Id { get; init; }

    public required int WorkspaceId { get; init; }

    public Workspace Workspace { get; init; } = null!;

    /// <summary>What the public reads above the files.</summary>
    public required string Title { get; init; }

    /// <summary>Why the files should be public: for Output Publishers and the project only.</summary>
    public required string Reason { get; init; }

    public required int CreatedById { get; init; }

    public User CreatedBy { get; init; } = null!;

    public required DateTimeOffset CreatedAt { get; init; }

    public PublicationState State { get; set; }

    /// <summary>When it was published or rejected.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>An Output Publisher, never its author.</summary>
    public int? DecidedById { get; set; }

    public User? DecidedBy { get; init; }

    /// <summary>What the Output Publisher said; always there with a rejection.</summary>
    public string DecisionComment { get; set; } = "";

    public DateTimeOffset? UnpublishedAt { get; set; }

    public int? UnpublishedById { get; set; }

    public User? UnpublishedBy { get; init; }

    /// <summary>For the project only: it may say what the files gave away.</summary>
    public string UnpublishedReason { get; set; } = "";

    public int Revision { get; set; }

    public List<PublicationFile> Files { get; } = [];
}
