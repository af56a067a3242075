namespace JobServer.Data.Organisations;

public sealed record CreateOrganisation
{
    public required string Name { get; init; }

    /// <summary>Valid, and none of the site's own words.</summary>
    public required string Slug { get; init; }

    /// <summary>What its page says of it; empty for nothing.</summary>
    public required string Description { get; init; }

    public required int PersonId { get; init; }
}
