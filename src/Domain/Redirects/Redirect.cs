namespace JobServer.Domain.Redirects;

/// <summary>
/// An address that something had before it was renamed or moved. It leads to the thing by its id, so however often
/// the thing moves on, one step leads there; whatever takes the address next wins over it.
/// </summary>
public sealed class Redirect
{
    public const int PathMaxLength = 300;

    public int Id { get; init; }

    /// <summary>Lower case, without slashes at its ends: <c>org</c>, <c>org/project</c> or <c>org/project/workspace</c>.</summary>
    public required string Path { get; init; }

    public int? OrganisationId { get; init; }

    public int? ProjectId { get; init; }

    public int? WorkspaceId { get; init; }

    /// <summary>A backend's former slug; its path reads <c>status/slug</c>.</summary>
    public int? BackendId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public int? CreatedById { get; init; }
}
