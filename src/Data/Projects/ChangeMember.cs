using JobServer.Domain.Access;

namespace JobServer.Data.Projects;

/// <summary>The roles that a member shall have in a project.</summary>
public sealed record ChangeMember
{
    public required int ProjectId { get; init; }

    public required int UserId { get; init; }

    /// <summary>Of the membership that the person saw.</summary>
    public required int Revision { get; init; }

    /// <summary>Those of <see cref="Domain.Access.Roles.OfProjects"/>; others are left out. Not looked at when the member is removed.</summary>
    public IReadOnlyCollection<Role> Roles { get; init; } = [];

    public required int PersonId { get; init; }
}
