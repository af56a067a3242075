using JobServer.Domain.Users;

namespace JobServer.Domain.Organisations;

public sealed class OrganisationMembership
{
    public int OrganisationId { get; init; }

    public Organisation Organisation { get; init; } = null!;

    public int UserId { get; init; }

    public User User { get; init; } = null!;

    public DateTimeOffset CreatedAt { get; init; }

    public int? CreatedById { get; init; }
}
