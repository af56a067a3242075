using JobServer.Domain.Projects;

namespace JobServer.Data.Projects;

/// <summary>What an admin says of a project.</summary>
public sealed record ProjectFacts
{
    public required string Name { get; init; }

    /// <summary>Valid, and none of the site's own words.</summary>
    public required string Slug { get; init; }

    /// <summary>Null for none.</summary>
    public required string? Number { get; init; }

    public required ProjectStatus Status { get; init; }

    public required string StatusNote { get; init; }

    /// <summary>From 1.</summary>
    public required int Weight { get; init; }
}
