using JobServer.Domain.Access;

namespace JobServer.Data.Projects;

/// <summary>Somebody who shall be a member of a project.</summary>
public sealed record AddMember
{
    public required int ProjectId { get; init; }

    public required int UserId { get; init; }

    /// <summary>Those of <see cref="Domain.Access.Roles.OfProjects"/>; others are left out.</summary>
    public required IReadOnlyCollection<Role> Roles { get; init; }

    public required int PersonId { get; init; }
}
