using JobServer.Domain.Jobs;
using JobServer.Domain.Projects;

namespace JobServer.Portal.Pages.Admin.Projects;

/// <summary>A project as an admin sees it.</summary>
internal sealed record ProjectCard
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required string? Number { get; init; }

    public required ProjectStatus Status { get; init; }

    public required string StatusNote { get; init; }

    public required int Weight { get; init; }

    public required int? OrganisationId { get; init; }

    public required string? Organisation { get; init; }

    /// <summary>Of its page; null while it belongs to no organisation.</summary>
    public required string? Address { get; init; }

    /// <summary>Public id of the application that it was made from; null for none.</summary>
    public required string? Application { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required int Revision { get; init; }

    public required int Members { get; init; }

    internal sealed record Choice(int Id, string Name);

    internal sealed record Place(int Id, string Slug, bool IsArchived);

    internal sealed record Run(int Number, string Workspace, JobRequestState State, DateTimeOffset CreatedAt);
}
