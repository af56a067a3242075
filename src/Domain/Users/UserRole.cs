using JobServer.Domain.Access;

namespace JobServer.Domain.Users;

/// <summary>A role that a user holds everywhere.</summary>
public sealed class UserRole
{
    public int UserId { get; init; }

    public required Role Role { get; init; }

    public DateTimeOffset GrantedAt { get; init; }

    public int? GrantedById { get; init; }
}
