using JobServer.Domain.Projects;
using JobServer.Domain.Users;

namespace JobServer.Domain.Workspaces;

/// <summary>A repository and branch whose actions are run, and the results they gave.</summary>
public sealed class Workspace
{
    public const int RepositoryMaxLength = 400;
    public const int BranchMaxLength = 250;

    public int Id { get; init; }

    public int ProjectId { get; set; }

    public Project Project { get; init; } = null!;

    /// <summary>Unique on the whole service: it names the directory of results at a site.</summary>
    public required string Slug { get; init; }

    public required string Repository { get; set; }

    public required string Branch { get; set; }

    public string Purpose { get; set; } = "";

    public bool IsArchived { get; set; }

    public bool ShouldNotify { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public int CreatedById { get; init; }

    public User CreatedBy { get; init; } = null!;

    public int Revision { get; set; }
}
