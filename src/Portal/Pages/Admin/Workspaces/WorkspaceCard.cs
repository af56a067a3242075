using JobServer.Domain.Jobs;

namespace JobServer.Portal.Pages.Admin.Workspaces;

/// <summary>A workspace as an admin sees it.</summary>
internal sealed record WorkspaceCard
{
    public required int Id { get; init; }

    public required string Slug { get; init; }

    public required int ProjectId { get; init; }

    public required string Project { get; init; }

    /// <summary>Null while its project belongs to no organisation.</summary>
    public required string? Address { get; init; }

    public required string Repository { get; init; }

    public required string Branch { get; init; }

    public required bool IsArchived { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required int CreatedById { get; init; }

    public required string CreatedBy { get; init; }

    internal sealed record Target(int Id, string Name, string? Number, string? Organisation);

    internal sealed record Run(int Number, JobRequestState State, DateTimeOffset CreatedAt);
}
