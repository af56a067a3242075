namespace JobServer.Data.Projects;

public sealed record CreateProject
{
    public required string Name { get; init; }

    /// <summary>Valid, and none of the site's own words.</summary>
    public required string Slug { get; init; }

    /// <summary>Null for none.</summary>
    public required string? Number { get; init; }

    /// <summary>Null when it is attached to one later.</summary>
    public required int? OrganisationId { get; init; }

    public required int PersonId { get; init; }
}
