using JobServer.Domain.Backends;

namespace JobServer.Data.Backends;

public sealed record CreateBackend
{
    public required string Name { get; init; }

    /// <summary>Valid, and none of the site's own words.</summary>
    public required string Slug { get; init; }

    public required ReleasePolicy ReleasePolicy { get; init; }

    public required LogPolicy LogPolicy { get; init; }

    public required int PersonId { get; init; }
}
