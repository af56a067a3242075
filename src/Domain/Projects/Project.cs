using JobServer.Domain.Organisations;
using JobServer.Domain.Workspaces;

namespace JobServer.Domain.Projects;

/// <summary>An approved study. Its organisation may be missing until an admin attaches one.</summary>
public sealed class Project
{
    public const int NameMaxLength = 200;
    public const int NumberMaxLength = 20;
    public const int StatusNoteMaxLength = 1000;

    public int Id { get; init; }

    /// <summary>Unique where there is one.</summary>
    public string? Number { get; set; }

    public required string Name { get; set; }

    /// <summary>Unique within its organisation.</summary>
    public required string Slug { get; set; }

    public int? OrganisationId { get; set; }

    public Organisation? Organisation { get; set; }

    public ProjectStatus Status { get; set; }

    /// <summary>Why it has its status; for admins.</summary>
    public string StatusNote { get; set; } = "";

    /// <summary>Its share of a backend's slots beside other projects that wait; from 1.</summary>
    public int Weight { get; set; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public int? CreatedById { get; init; }

    public int Revision { get; set; }

    public List<ProjectMembership> Memberships { get; } = [];

    public List<Workspace> Workspaces { get; } = [];
}
