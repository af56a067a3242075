using JobServer.Domain.Projects;

namespace JobServer.Domain.Organisations;

public sealed class Organisation
{
    public const int NameMaxLength = 200;
    public const int DescriptionMaxLength = 2000;

    public int Id { get; init; }

    public required string Name { get; set; }

    public required string Slug { get; set; }

    public string Description { get; set; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public int Revision { get; set; }

    public List<OrganisationMembership> Memberships { get; } = [];

    public List<Project> Projects { get; } = [];
}
