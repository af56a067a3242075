using JobServer.Domain.Projects;

namespace JobServer.Portal.Pages.Admin.Projects;

/// <summary>What an admin types of a project.</summary>
internal sealed record ProjectInput
{
    public string? Name { get; init; }

    /// <summary>Made of the name where it is empty.</summary>
    public string? Slug { get; init; }

    public string? Number { get; init; }

    public ProjectStatus Status { get; init; }

    public string? StatusNote { get; init; }

    public int Weight { get; init; } = 1;

    /// <summary>Of the project that the admin saw.</summary>
    public int Revision { get; init; }
}
